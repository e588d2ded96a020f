"""Who helps: organisations and services, the records they come from, and their index."""
