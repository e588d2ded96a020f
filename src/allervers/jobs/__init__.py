"""Work done beside the requests: tasks are taken, kept alive, and taken back from workers that died.

`django-tasks` gives the tasks and their table; here is what makes them at-least-once, and their threads.
"""
