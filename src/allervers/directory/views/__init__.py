"""The operators' desk: parse, call, render."""
