"""Carriers who take single items to whom they are for: what they are told, and what they tell."""
