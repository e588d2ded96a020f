"""Pure libraries: data in, data out. No Django, no clock, no network; independent of one another."""
