"""DG1: the machine-readable zone on the chip (ICAO Doc 9303-10, 4.7.1)."""

from peripherals.documents import ber, mrz
from peripherals.documents.lds.files import Raw, body, of_file
from peripherals.errors import ChipDataError, MrzError

_ZONE = 0x5F1F


def read(data: Raw) -> mrz.Mrz:
    """Take the zone out of DG1, into a buffer of its own: ``wipe`` it after use.

    Raises:
        ChipDataError: no DG1, or no zone in it. Failed check digits are verdicts of the zone, not errors.
    """
    zone = bytearray(zone_of(data))
    try:
        return mrz.parse(zone)
    except MrzError as error:
        zone[:] = bytes(len(zone))
        raise ChipDataError(file="DG1", fault="zone") from error


def zone_of(data: Raw) -> memoryview:
    """Give the characters of the zone, its lines joined.

    Raises:
        ChipDataError: no DG1.
    """
    with of_file("DG1"):
        return ber.need(ber.parse(body(data, 1)), _ZONE)
