"""The page of auditors: it reads only."""
