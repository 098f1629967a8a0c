"""The day's money for managers: what each terminal took, currency by currency, and what needs somebody. Pure."""

from collections import defaultdict
from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from queue_server.domain.values import CurrencyCode, PaymentStanding, RefundState
from queue_server.framework.parts import RoomAct, RoomAlarm
from queue_server.payments.booking import MovementKind
from queue_server.payments.model import Payment, Refund
from queue_server.payments.reconciliation import Difference, Reconciliation
from queue_server.web import wording
from queue_server.web.amounts import amount as written_amount
from queue_server.web.payments import wording as money
from queue_server.web.payments.day import DayBooks
from queue_server.web.payments.page import TakingRow

#: Payments of a difference that are named; the export has all.
MAX_NAMED = 12


class _Sum(msgspec.Struct):
    count: int = 0
    taken: int = 0
    back: int = 0
    waived: int = 0
    unsure: int = 0


def takings(books: DayBooks) -> tuple[TakingRow, ...]:
    """Add up what moved today at each terminal, currency by currency; what was waived is at none."""
    sums: dict[tuple[str, CurrencyCode], _Sum] = defaultdict(_Sum)
    for posting in books.till.today:
        one, payment = posting.movement, posting.payment
        found = sums[_place(books, payment), payment.currency]
        found.count += one.kind is MovementKind.PAYMENT
        found.unsure += one.kind is MovementKind.UNCERTAIN
        if one.kind is MovementKind.CORRECTION:
            found.taken += one.amount
        found.taken += max(0, one.amount) if one.kind is MovementKind.PAYMENT else 0
        found.back -= min(0, one.amount) if one.kind is not MovementKind.CORRECTION else 0
        found.waived += one.waived
    return tuple(_row(books, place, currency, found) for (place, currency), found in sorted(sums.items()))


def _place(books: DayBooks, payment: Payment) -> str:
    _ = books.words
    if payment.waiver is not None:
        return wording.plain(_("Waived"))
    if payment.taken_by is not None:
        return wording.plain(_("Taken by hand"))
    device = "" if payment.device is None else books.look.known.devices.get(payment.device, "")
    return " \N{MIDDLE DOT} ".join(part for part in (device, payment.terminal or payment.driver) if part)


def _row(books: DayBooks, place: str, currency: CurrencyCode, found: _Sum) -> TakingRow:
    locale = books.look.clock.locale

    def write(minor: int) -> Markup:
        return written_amount(locale, minor, currency) if minor else Markup("\N{EN DASH}")

    return TakingRow(
        place=place,
        currency=currency,
        count=str(found.count),
        taken=write(found.taken),
        back=write(found.back),
        waived=write(found.waived),
        stays=written_amount(locale, found.taken - found.back, currency),
        unsure=str(found.unsure) if found.unsure else "",
    )


def alarms(books: DayBooks) -> tuple[RoomAlarm, ...]:
    """List what needs somebody: what is not certain first, or not what was owed, then differences, then refunds."""
    waiting = books.till.waiting
    return (
        *(_unsure(books, one) for one in waiting if one.standing is PaymentStanding.UNDECIDED),
        *(_questioned(books, one) for one in waiting if one.differs),
        *(
            row
            for reconciliation in books.till.reconciliations
            if reconciliation.alarms
            for row in _differences(books, reconciliation)
        ),
        *(_refund(books, one, refund) for one in waiting for refund in _open(one)),
        *_more(books),
    )


def _more(books: DayBooks) -> Iterator[RoomAlarm]:
    """Say how many there are that are not listed, and how one comes to them."""
    _, till = books.words, books.till
    if till.waiting_more:
        yield RoomAlarm(
            "payments-more",
            "card",
            _.ngettext(
                "%(count)s more payment needs somebody", "%(count)s more payments need somebody", till.waiting_more
            ),
            Markup(),
            _("They come up here as those above are settled. One that you look for is found at the cash desk: key S."),
            bad=True,
        )
    if till.reconciliations_more:
        yield RoomAlarm(
            "differences-more",
            "alert",
            _.ngettext(
                "At %(count)s more end of day the terminal differs from the journals",
                "At %(count)s more ends of day the terminal differs from the journals",
                till.reconciliations_more,
            ),
            Markup(),
            _("They come up here as those above are looked into."),
            bad=True,
        )


def _open(payment: Payment) -> Iterator[Refund]:
    return (one for one in payment.refunds if one.state in (RefundState.REQUESTED, RefundState.CONFIRMED))


def _since(books: DayBooks, at: int) -> Markup:
    return books.words("since %(time)s", time=f"{books.look.clock.day(at)} {books.look.clock.hhmm(at)}")


def _unsure(books: DayBooks, payment: Payment) -> RoomAlarm:
    _ = books.words
    head = _("A payment of %(amount)s is not certain", amount=_amount(books, payment.amount, payment.currency))
    todo = _(
        "Look into the books of the terminal: %(terminal)s. Its number is %(number)s.",
        terminal=Markup("<bdi>{}</bdi>").format(_place(books, payment)),
        number=_number(payment.id),
    )
    labels = {
        PaymentStanding.CHARGED: _("It was charged"),
        PaymentStanding.NOT_CHARGED: _("Nothing was charged"),
        PaymentStanding.RETURNED: _("It was charged, and went back"),
    }
    acts = tuple(
        RoomAct(
            id=f"resolve-{payment.id}-{standing}",
            label=label,
            url=f"{books.api}/payments/{payment.id}/resolve",
            slot=f"resolve:{payment.id}:{standing}:{payment.seq}",
            body=msgspec.json.encode({"standing": standing}).decode(),
        )
        for standing, label in labels.items()
    )
    return RoomAlarm(
        f"payment-{payment.id}",
        "card",
        head,
        _since(books, payment.changed_at),
        todo,
        bad=True,
        acts=acts,
    )


def _questioned(books: DayBooks, payment: Payment) -> RoomAlarm:
    _ = books.words
    head = _("A payment of %(amount)s is not what was owed", amount=_amount(books, payment.amount, payment.currency))
    todo = _(
        "%(why)s A cashier gives it back (key S), or you accept it as paid for %(services)s. Its number is %(number)s.",
        why=money.discrepancy(_, payment),
        services=_(", ").join(map(books.look.service_name, payment.services)),
        number=_number(payment.id),
    )
    accept = RoomAct(
        id=f"accept-{payment.id}",
        label=_("Accept it as paid"),
        url=f"{books.api}/payments/{payment.id}/accept",
        slot=f"accept:{payment.id}:{payment.seq}",
    )
    return RoomAlarm(
        f"questioned-{payment.id}",
        "card",
        head,
        _since(books, payment.changed_at),
        todo,
        bad=True,
        acts=(accept,),
    )


def _differences(books: DayBooks, reconciliation: Reconciliation) -> Iterator[RoomAlarm]:
    """One alarm a currency; looking into one is looking into the end of day."""
    for index, one in enumerate(reconciliation.closed.differences):
        yield _difference(books, reconciliation, one, first=index == 0)


def _difference(books: DayBooks, reconciliation: Reconciliation, one: Difference, *, first: bool) -> RoomAlarm:
    _, closed = books.words, reconciliation.closed
    device = books.look.known.devices.get(closed.device, "")
    place = " \N{MIDDLE DOT} ".join(part for part in (device, closed.terminal or closed.driver) if part)
    head = _(
        "%(terminal)s counted %(counted)s, the journals say %(journal)s",
        terminal=Markup("<bdi>{}</bdi>").format(place),
        counted=_amount(books, one.terminal, one.currency),
        journal=_amount(books, one.journal, one.currency),
    )
    named = _(", ").join(map(_number, one.payments[:MAX_NAMED]))
    rest = len(one.payments) - MAX_NAMED
    if rest > 0:
        named = Markup("{} {}").format(named, _.ngettext("and %(count)s more", "and %(count)s more", rest))
    todo = _("Compare these payments with the books of the terminal: %(numbers)s.", numbers=named)
    if not one.payments:
        todo = _("The journals have no payment in this time. Look into the books of the terminal.")
    seen = RoomAct(
        id=f"seen-{closed.reconciliation}",
        label=_("I have looked into it"),
        url=f"{books.api}/reconciliations/{closed.reconciliation}/acknowledge",
        slot=f"seen:{closed.reconciliation}",
    )
    return RoomAlarm(
        id=f"difference-{closed.reconciliation}-{one.currency}",
        icon="alert",
        head=head,
        since=_since(books, closed.closed_at),
        todo=todo,
        bad=True,
        acts=(seen,) if first else (),
    )


def _refund(books: DayBooks, payment: Payment, refund: Refund) -> RoomAlarm:
    _ = books.words
    value, asked = _amount(books, refund.amount, payment.currency), refund.state is RefundState.REQUESTED
    names = books.till.names
    reason = money.refund_reason(_, refund.reason)
    if asked:
        head = _("A refund of %(amount)s waits for a second person", amount=value)
        todo = _(
            "%(reason)s. Asked by %(who)s; payment %(number)s.",
            reason=reason,
            who=names.get(refund.requested_by, ""),
            number=_number(payment.id),
        )
    else:
        head = _("%(amount)s has to go back", amount=value)
        todo = _(
            "Confirmed by %(who)s. A cashier gives it back and writes it down (key S); payment %(number)s.",
            who="" if refund.decided_by is None else names.get(refund.decided_by, ""),
            number=_number(payment.id),
        )
    acts = _decisions(books, payment, refund) if asked else ()
    return RoomAlarm(
        f"refund-{refund.id}",
        "undo",
        head,
        _since(books, refund.changed_at),
        todo,
        bad=False,
        acts=acts,
    )


def _decisions(books: DayBooks, payment: Payment, refund: Refund) -> tuple[RoomAct, ...]:
    """Offer to confirm, which is for somebody else than who asked, and to refuse or take back."""
    _ = books.words
    own = refund.requested_by == books.till.me
    url = f"{books.api}/payments/{payment.id}/refunds/{refund.id}"
    confirm = RoomAct(
        id=f"confirm-{refund.id}",
        label=_("Confirm the refund"),
        url=f"{url}/confirm",
        slot=f"confirm:{refund.id}:{payment.seq}",
        ready=not own,
        note=_("you asked for it") if own else Markup(),
    )
    reject = RoomAct(
        id=f"reject-{refund.id}",
        label=_("Take it back") if own else _("Do not agree"),
        url=f"{url}/reject",
        slot=f"reject:{refund.id}:{payment.seq}",
    )
    return confirm, reject


def _amount(books: DayBooks, minor: int, currency: CurrencyCode) -> Markup:
    return written_amount(books.look.clock.locale, minor, currency)


def _number(ident: str) -> Markup:
    return Markup('<bdi dir="ltr">{}</bdi>').format(money.claim(ident))
