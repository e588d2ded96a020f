"""The residents' door: parse, call, render."""
