"""Who may do what: staff, devices, their enrolment, sessions and permissions."""
