"""The only code that changes the directory."""
