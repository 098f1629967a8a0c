"""What to bring: the checklist of each visit, ticked by staff item by item."""
