"""The pages at which administrators see and change the set-up of a centre."""
