"""The only code that changes accounts."""
