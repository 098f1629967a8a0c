"""The manager page: the whole centre as it stands, what needs a person, and what managers may do about it."""
