"""The vault: all that is known of people, encrypted, each row with a purpose and an end (docs/design.md)."""
