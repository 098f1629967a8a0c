"""The staffing of a day: what it can hold, what is taken, and changing it with those whom it concerns in sight."""
