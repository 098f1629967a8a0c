"""The routes of appointments."""
