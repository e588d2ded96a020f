"""Settings, root addresses, logging: how the rooms are put together."""
