"""Where: the municipalities of France, and the territory that this installation serves."""
