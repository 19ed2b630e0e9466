"""What to move where, and what it buys: need, frontier, plans, and their cost."""
