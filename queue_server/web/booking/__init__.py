"""The public pages of appointments: book a time, and look after one that is booked."""
