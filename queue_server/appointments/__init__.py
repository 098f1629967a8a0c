"""Appointments: the time of a centre's staff, given away ahead."""
