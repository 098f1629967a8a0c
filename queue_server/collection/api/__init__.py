"""The routes of collection."""
