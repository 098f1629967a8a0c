"""Machine-readable zones: ICAO Doc 9303 parts 3 to 7 (8th edition), and the French identity card before 2021.

Pure. ``parse`` keeps the zone in one ``bytearray``, finds the fields as spans of it, and decodes a field only
when it is asked for, so that ``Mrz.wipe`` takes everything away at once. What wiping cannot reach: every
``str`` a caller took out of ``field`` or ``to_dict`` (Python strings cannot be overwritten), and the buffers of
the operating system the bytes came through. Whoever needs only issuer and validity asks for those alone.
"""

from peripherals.documents.mrz.digits import check_digit
from peripherals.documents.mrz.layouts import LENGTHS, LINES, MrzFormat
from peripherals.documents.mrz.parser import parse
from peripherals.documents.mrz.zone import Mrz, ZoneNames, ZoneVerdict

__all__ = ["LENGTHS", "LINES", "Mrz", "MrzFormat", "ZoneNames", "ZoneVerdict", "check_digit", "parse"]
