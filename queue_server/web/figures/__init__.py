"""Pages that show how it went at a centre."""
