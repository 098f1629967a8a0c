"""The pages on which people fill in forms: at home by themselves, and staff together with them."""
