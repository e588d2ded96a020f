"""Tokens, base templates, components, icons: how everything looks. No models."""
