"""What auditors see: whether the record is whole, who looked, who did what, and the chain of a payment."""
