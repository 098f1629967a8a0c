"""Applications: what one person asks of one government, from intake to hand-over. No person is in them."""
