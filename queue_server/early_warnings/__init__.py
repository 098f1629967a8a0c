"""Alarms that look ahead: what will go wrong soon, or goes wrong unseen, while there is time to do something."""
