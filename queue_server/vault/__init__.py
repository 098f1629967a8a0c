"""The vault: all that is kept of people, and how it is forgotten."""
