"""What the operators' desk shows: the state of each feed, the week's calls, what waits."""
