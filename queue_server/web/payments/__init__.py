"""The pages of payments, and their parts of other pages: the counter, the centre, the cash desk."""
