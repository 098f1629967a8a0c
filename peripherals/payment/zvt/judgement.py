"""What became of a payment, a reversal or a refund: what is certain, and what is not. Pure.

A payment is charged for certain only if all of this holds: an 04 0F of this dialogue said result 00 and our amount, we
answered it with 80 00 00, and the terminal showed that it has that answer: by 06 0F, or, where it prints nothing
through us, by the link's ACK or by anything that it says afterwards. Where receipts come through us our answers to
those belong to the commit, so only 06 0F is enough.

It is not charged for certain if the terminal refused the command (84), said a result other than 00, or aborted (06 1E)
and does not leave reversing to us (no object 1F1F). Everything else is in doubt.
"""

from datetime import date, datetime, tzinfo

from peripherals.errors import PeripheralError
from peripherals.money import Amount, currency_of
from peripherals.payment.masking import ending
from peripherals.payment.port import Result, TerminalReceipt, TerminalReconciliation, Totals, Transaction
from peripherals.payment.zvt import codes
from peripherals.payment.zvt.bmp import Bmp, Fields
from peripherals.payment.zvt.dialogue import Dialogue, How
from peripherals.payment.zvt.receipts import compose, signature

#: A total of one kind of card in BMP 60: how many, one byte; how much, six packed bytes. Two receipt numbers before.
_BEFORE_TOTALS, _TOTAL = 4, 7


def transaction(fields: Fields, amount: Amount, now: datetime, zone: tzinfo | None) -> Transaction:
    """What an 04 0F says: result, numbers, and the terminal's time.

    Args:
        fields: of the 04 0F.
        amount: what was asked for, for a status that does not say.
        now: to tell the year, which terminals do not say.
        zone: of the terminal's clock.
    """
    result, reason = codes.result(fields.number(Bmp.RESULT) or 0)
    return Transaction(
        result=result,
        reason=reason,
        amount=_amount(fields, amount),
        reference=fields.digits(Bmp.RECEIPT),
        trace=fields.digits(Bmp.TRACE),
        terminal=fields.digits(Bmp.TERMINAL),
        at=_at(fields, now, zone),
        signature=signature(fields),
        card=ending(next((one.shown for one in fields.found if one.tag == Bmp.CARD_NUMBER), "")),
    )


def judge_payment(dialogue: Dialogue, *, prints_here: bool) -> tuple[Result, str]:
    """Judge a payment whose dialogue ended, or whose line was lost (``dialogue.end`` is None then).

    ``prints_here``: receipts come through us. A payment that was refused with object 1F1F has still to be reversed:
    it is ``APPROVED`` here with the reason why it was refused.
    """
    end = dialogue.end
    if end is not None and end.how is How.REFUSED:
        return Result.FAILED, codes.result(end.code)[1]
    if dialogue.approved is None:
        return _never_approved(dialogue)
    if end is None or end.how is How.SILENT:
        if dialogue.committed and dialogue.proved and not prints_here:
            return Result.APPROVED, ""
        return Result.IN_DOUBT, "line-lost" if end is None else "no-completion"
    if not (dialogue.committed or dialogue.refused) and (dialogue.unique or end.how is How.COMPLETED):
        return Result.IN_DOUBT, "ended-early"
    return _ended_well(dialogue, end.how)


def _ended_well(dialogue: Dialogue, how: How) -> tuple[Result, str]:
    """Judge one that was approved and that the terminal ended itself."""
    if dialogue.unique:
        # It does not reverse by itself, whatever we answered.
        return (Result.APPROVED, dialogue.refused) if how is How.COMPLETED else (Result.IN_DOUBT, "aborted-late")
    if dialogue.refused:
        undone = how is How.ABORTED or dialogue.reversing
        return (Result.CANCELLED, dialogue.refused) if undone else (Result.IN_DOUBT, "reversal-not-said")
    return (Result.FAILED, codes.REVERSED_BY_TERMINAL) if how is How.ABORTED else (Result.APPROVED, "")


def _never_approved(dialogue: Dialogue) -> tuple[Result, str]:
    end = dialogue.end
    if end is not None and end.how is How.ABORTED:
        result, reason = codes.result(end.code)
        # An abort is never an approval, even with a code that says so.
        return (Result.CANCELLED, "aborted") if result is Result.APPROVED else (result, reason)
    said = next((one.number(Bmp.RESULT) for one in reversed(dialogue.statuses)), None)
    if said:
        return codes.result(said)
    if end is None:
        return Result.IN_DOUBT, "line-lost"
    return Result.IN_DOUBT, "no-status" if end.how is How.COMPLETED else "no-answer"


def judge_command(dialogue: Dialogue) -> tuple[Result, str]:
    """Judge a reversal, a refund or the end of a day: approved where 04 0F said 00 and the dialogue was completed."""
    end = dialogue.end
    said = next((code for one in reversed(dialogue.statuses) if (code := one.number(Bmp.RESULT)) is not None), None)
    if end is not None and end.how is How.REFUSED:
        return Result.FAILED, codes.result(end.code)[1]
    if said:
        return codes.result(said)
    if end is not None and end.how is How.ABORTED:
        result, reason = codes.result(end.code)
        return (Result.CANCELLED, "aborted") if result is Result.APPROVED else (result, reason)
    if end is None or end.how is How.SILENT:
        return Result.IN_DOUBT, "line-lost" if end is None else "no-answer"
    return (Result.APPROVED, "") if said == 0 else (Result.IN_DOUBT, "no-status")


def receipts(dialogue: Dialogue, amount: Amount, *, composed: bool, title: str) -> tuple[TerminalReceipt, ...]:
    """The receipts that came, or those that are ours to compose."""
    last = dialogue.approved or (dialogue.statuses[-1] if dialogue.statuses else None)
    came = dialogue.receipts.collect(signed=last is not None and signature(last))
    if came or not composed or last is None or last.number(Bmp.RESULT) != 0:
        return came
    return compose(last, amount, title, dialogue.receipts.charset)


def reconciliation(dialogue: Dialogue, currency: str) -> TerminalReconciliation:
    """What the end of a day came to; ``currency`` where the terminal does not say one."""
    result, reason = judge_command(dialogue)
    found = dialogue.receipts.collect(signed=False)
    totals: tuple[Totals, ...] = ()
    if result is Result.APPROVED:
        totals = tuple(each for one in dialogue.statuses if (each := _totals(one, currency)) is not None)
    return TerminalReconciliation(result, totals, found, reason)


def _totals(fields: Fields, currency: str) -> Totals | None:
    sums = fields.value(Bmp.TOTALS)
    amount = _amount_or_none(fields, currency)
    if amount is None:
        return None
    if not sums or (len(sums) - _BEFORE_TOTALS) % _TOTAL:
        return Totals(amount, None)
    count = sum(sums[at] for at in range(_BEFORE_TOTALS, len(sums), _TOTAL))
    return Totals(amount, count)


def _amount(fields: Fields, otherwise: Amount) -> Amount:
    return _amount_or_none(fields, otherwise.currency) or otherwise


def _amount_or_none(fields: Fields, currency: str) -> Amount | None:
    minor, numeric = fields.number(Bmp.AMOUNT), fields.number(Bmp.CURRENCY)
    if minor is None:
        return None
    try:
        return Amount(minor, currency_of(numeric) if numeric else currency)
    except PeripheralError:
        # A currency that nobody has, or an amount beyond all bounds: it is not ours in any case.
        return None


def _at(fields: Fields, now: datetime, zone: tzinfo | None) -> datetime | None:
    """Read the terminal's date and time in the year that is nearest."""
    full, short, time = fields.digits(Bmp.FULL_DATE), fields.digits(Bmp.DATE), fields.digits(Bmp.TIME)
    day = full[2:] if full else short
    if not day or not time:
        return None
    years = (2000 + int(full[:2]),) if full else (now.year - 1, now.year, now.year + 1)
    found: list[datetime] = []
    for year in years:
        try:
            when = date(year, int(day[:2]), int(day[2:]))
            stamp = datetime.combine(when, datetime.strptime(time, "%H%M%S").time(), zone)  # noqa: DTZ007 - only its time is taken
        except ValueError:
            continue
        found.append(stamp if zone is not None else stamp.astimezone())
    return min(found, key=lambda one: abs(one - now), default=None)
