"""Who waits: the list of a centre, and one visit in detail."""
