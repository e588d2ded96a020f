"""`machines`: data·inclusion v1 and the documentation. `own`: what Allervers answers beyond it."""
