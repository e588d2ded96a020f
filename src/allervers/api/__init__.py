"""The machines' door: the API of data·inclusion v1, answered from the index alone."""
