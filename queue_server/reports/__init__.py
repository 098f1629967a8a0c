"""How it went: figures of days, weeks and years, made from what the centres' days have said."""
