"""The pages of custody: documents that were entrusted to the centre, at a desk with a scanner and a keyboard."""
