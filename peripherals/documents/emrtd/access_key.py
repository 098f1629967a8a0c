"""What opens a chip: the machine-readable zone or the number printed on the card (9303-11, 4.4.3.1 and 9.7.2)."""

import hashlib
from dataclasses import dataclass, field
from typing import ClassVar

from peripherals.documents.mrz import Mrz, check_digit
from peripherals.errors import ChipAccessError

_NUMBER = 9
_DATE = 6
_CAN = 6
_CHARACTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
#: The longest number that a zone can hold: nine characters, and fourteen in the optional data of TD1.
_LONGEST = 23


@dataclass(frozen=True, slots=True)
class MrzKey:
    """A key from the zone: number, birth and expiry with their check digits. ``wipe()`` it after use."""

    #: How PACE names the password (9303-11, 9.2.1).
    reference: ClassVar[int] = 1
    _information: bytearray = field(repr=False)

    @classmethod
    def of(cls, number: str, birth: str, expiry: str) -> "MrzKey":
        """Make the key of a document number and two dates YYMMDD, as they stand in the zone.

        A number of more than nine characters is given whole, without the filler in place of its check digit.

        Raises:
            ChipAccessError: characters or lengths that no zone has.
        """
        parts = (number.ljust(_NUMBER, "<"), birth, expiry)
        information = bytearray()
        for part, longest in zip(parts, (_LONGEST, _DATE, _DATE), strict=True):
            text = part.encode("ascii", "replace")
            if len(text) > longest or len(text) < min(longest, _NUMBER) or not _CHARACTERS.issuperset(text):
                raise ChipAccessError(protocol="key", step="zone")
            information += text
            information.append(check_digit(text))
        return cls(information)

    @classmethod
    def from_mrz(cls, mrz: Mrz) -> "MrzKey":
        """Make the key of a zone that was read, with the check digits that are printed.

        They are not always those of 9303 (long numbers have two conventions), and the chip was given what is printed.

        Raises:
            ChipAccessError: the zone has no number, or no date of expiry.
        """
        if "expiry_date" not in mrz.field_names or not mrz.field("document_number"):
            raise ChipAccessError(protocol="key", step="zone")
        names = ("document_number", "birth_date", "expiry_date")
        key = cls.of(*(mrz.field(name) for name in names))
        at = len(key._information) - 2 * (_DATE + 1) - 1  # noqa: SLF001 - its own class
        for step, name in enumerate(names):
            key._information[at + step * (_DATE + 1)] = ord(mrz.printed_check(name))  # noqa: SLF001 - its own class
        return key

    @property
    def secret(self) -> bytes:
        """The password as PACE takes it: the SHA-1 hash of the zone's information."""
        return hashlib.sha1(self._information, usedforsecurity=False).digest()

    @property
    def information(self) -> bytes:
        """Number, birth and expiry with their check digits (9303-11, 9.7.2)."""
        return bytes(self._information)

    @property
    def seed(self) -> bytes:
        """The seed of the keys of BAC (9303-11, 9.7.2)."""
        return self.secret[:16]

    def wipe(self) -> None:
        """Overwrite the key with zeros."""
        self._information[:] = bytes(len(self._information))


@dataclass(frozen=True, slots=True)
class Can:
    """A key from the card access number: six digits. ``wipe()`` it after use."""

    reference: ClassVar[int] = 2
    _number: bytearray = field(repr=False)

    @classmethod
    def of(cls, number: str) -> "Can":
        """Make the key of the number as it is printed.

        Raises:
            ChipAccessError: not six digits.
        """
        if len(number) != _CAN or not (number.isascii() and number.isdigit()):
            raise ChipAccessError(protocol="key", step="can")
        return cls(bytearray(number.encode("ascii")))

    @property
    def secret(self) -> bytes:
        """The password as PACE takes it."""
        return bytes(self._number)

    def wipe(self) -> None:
        """Overwrite the key with zeros."""
        self._number[:] = bytes(len(self._number))


type AccessKey = MrzKey | Can
