"""Forms that people fill in at home, at a kiosk or with staff: answers in the vault, opened by a code and a PIN."""
