"""All centres of an organisation beside each other: how each stands now, and how they compare."""
