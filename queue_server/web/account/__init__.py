"""The page of somebody's own account, and what its presenter shares with the page of colleagues."""
