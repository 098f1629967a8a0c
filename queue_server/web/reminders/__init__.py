"""Where somebody says that they want no reminders."""
