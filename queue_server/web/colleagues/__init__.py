"""The page on which managers look after the accounts of their centre."""
