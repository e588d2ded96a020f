"""Reading the directory, in a known number of statements."""
