"""What auditors see: whether the record is whole, who looked, who did what."""
