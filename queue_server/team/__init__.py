"""The day of those who serve: what each has done, notes for oneself, messages of managers, breaks, and their teams."""
