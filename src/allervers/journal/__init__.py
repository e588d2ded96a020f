"""What happened: the append-only journal. It knows actors and records by id only, never a value."""
