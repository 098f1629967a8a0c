"""Payments: what kiosks took, what was waived, what goes back. No person is in them; receipts lie in the vault."""
