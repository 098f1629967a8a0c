"""The hours ahead for managers: what is to be expected, what would be if, what to do, and the coming week."""
