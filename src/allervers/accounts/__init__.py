"""Who acts: users, sign-in, and the frozen `Actor` that policies read."""
