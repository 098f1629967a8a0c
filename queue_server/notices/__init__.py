"""Notices: people are told of what is theirs, by e-mail or on their telephone, each time once."""
