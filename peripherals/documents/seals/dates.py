"""Dates in seals: the number MMDDYYYY in three bytes (ICAO Doc 9303-13, 2.3.1). Pure."""

from datetime import date

from peripherals.errors import SealError

_MASKED_BYTES = 4


def read(raw: bytearray) -> date:
    """Read a date.

    Raises:
        SealError: fault ``date``: there is no such day.
    """
    number = int.from_bytes(raw)
    try:
        return date(number % 10_000, number // 1_000_000, number // 10_000 % 100)
    except ValueError as error:
        raise SealError(fault="date") from error


def read_masked(raw: bytearray) -> date | None:
    """Read a date behind a byte whose bits say which digits are unknown (ICAO TR Datastructure for Barcode, 2.1).

    Returns:
        None where a part of it is unknown.

    Raises:
        SealError: fault ``date``.
    """
    if len(raw) != _MASKED_BYTES:
        raise SealError(fault="date")
    return None if raw[0] else read(raw[1:])
