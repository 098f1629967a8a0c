"""The routes of banks of lockers."""
