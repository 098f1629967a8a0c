"""What became of a paper. Pure."""

from enum import StrEnum


class PaperState(StrEnum):
    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    #: Certainly not on paper; the person was shown the number.
    FAILED = "failed"
    #: Handed to the printer, and it did not say what became of it.
    UNKNOWN = "unknown"
