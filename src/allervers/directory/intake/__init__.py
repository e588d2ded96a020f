"""From a file to rows ready to be shown: fetch, parse, validate, normalise, reconcile.

Small steps over an iterator, one row in memory at a time; rows wait on disk (`staging`) until the action
`actions.importing` makes them visible in one transaction. Nothing here changes the directory.
"""
