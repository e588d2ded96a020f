"""Reading: who a session belongs to."""
