"""The vault: everything that is known of people, encrypted, each row with a purpose and an end (DESIGN, section 3)."""
