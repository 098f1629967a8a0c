"""One's own day, what a counter is told between two visits, and the page on which a lead sees how the teams stand."""
