"""Tells a server again what it once had: after an older copy of its database has taken the place of what was there."""

from kiosk.payment import closing, journal
from kiosk.tickets.outbox import Outbox


def meet(box: Outbox, epoch: str) -> bool:
    """Note which life the server's database is in; tells whether everything has to be told again.

    Together or not at all: a power cut in between must not leave a part of it untold.
    """
    with box.transaction():
        if not box.meet(epoch):
            return False
        journal.prepare(box)
        closing.prepare(box)
        journal.PAYMENTS.tell_again(box)
        closing.CLOSINGS.tell_again(box)
        return True
