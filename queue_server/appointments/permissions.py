"""Who may do what with appointments. Pure. Whoever books on the web does it by pages of its own."""

from queue_server.framework.permissions import AT_DESKS, INTEGRATIONS, MANAGING, Permission, PrincipalKind

#: Who books for others, with a desk or without one.
_FOR_OTHERS = AT_DESKS | {PrincipalKind.INTEGRATION_BOOKING}

#: See which times are free, hold and book one: for oneself at a kiosk, for others at a desk.
BOOK_APPOINTMENTS = Permission("book-appointments", _FOR_OTHERS | {PrincipalKind.KIOSK})
#: See an appointment whose id is known, move it and cancel it.
CHANGE_APPOINTMENTS = Permission("change-appointments", _FOR_OTHERS)
#: Ask what an appointment is worth now: for whoever stands at a kiosk, or at a desk.
CHECK_APPOINTMENTS = Permission("check-appointments", AT_DESKS | {PrincipalKind.KIOSK})
#: See who is booked on a day.
SEE_APPOINTMENTS = Permission("see-appointments", AT_DESKS)
#: See what a day holds.
SEE_APPOINTMENT_DAYS = Permission("see-appointment-days", MANAGING | {PrincipalKind.RECEPTION} | INTEGRATIONS)
#: Change who is there on a day.
CHANGE_APPOINTMENT_DAYS = Permission("change-appointment-days", MANAGING)

PERMISSIONS = (
    BOOK_APPOINTMENTS,
    CHANGE_APPOINTMENTS,
    CHECK_APPOINTMENTS,
    SEE_APPOINTMENTS,
    SEE_APPOINTMENT_DAYS,
    CHANGE_APPOINTMENT_DAYS,
)
