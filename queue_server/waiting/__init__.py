"""How long people wait: learned each night from a centre's own days, asked wherever somebody meets the queue."""
