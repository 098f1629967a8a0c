"""Banks of lockers: which compartments there are, what was ordered of them, and what became of it."""
