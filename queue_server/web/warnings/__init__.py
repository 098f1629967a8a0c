"""Alarms that look ahead, on the page of managers."""
