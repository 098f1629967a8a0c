"""Today against what is usual on its weekday, on the page of managers."""
