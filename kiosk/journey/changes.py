"""What a change around the person makes of the surroundings."""

from typing import assert_never

from msgspec.structs import replace

from kiosk.journey.events import (
    AvailabilityChanged,
    ChipReaderChanged,
    CopiedChanged,
    HealthChanged,
    InformationChanged,
    ModeChanged,
    OfferChanged,
    PaperChanged,
    ReaderChanged,
    ScannerChanged,
    Settling,
    TerminalChanged,
    WaitsChanged,
)
from kiosk.journey.surroundings import Surroundings

type Change = (
    PaperChanged
    | ReaderChanged
    | ChipReaderChanged
    | ScannerChanged
    | TerminalChanged
    | Settling
    | OfferChanged
    | AvailabilityChanged
    | HealthChanged
    | ModeChanged
    | CopiedChanged
    | InformationChanged
    | WaitsChanged
)


def changed(around: Surroundings, change: Change) -> Surroundings:  # noqa: C901, PLR0911, PLR0912 - one case a change
    match change:
        case PaperChanged(paper):
            return replace(around, paper=paper)
        case ReaderChanged(reader):
            return replace(around, reader=reader)
        case ChipReaderChanged(chip):
            return replace(around, chip=chip)
        case ScannerChanged(scanner):
            return replace(around, scanner=scanner)
        case TerminalChanged(terminal):
            return replace(around, terminal=terminal)
        case Settling(settling):
            return replace(around, settling=settling)
        case OfferChanged(offer):
            return replace(around, offer=offer)
        case AvailabilityChanged(availability):
            return replace(around, availability=availability)
        case HealthChanged(health):
            return replace(around, health=health)
        case ModeChanged(out):
            return replace(around, out_of_order=out)
        case CopiedChanged(sign):
            return replace(around, copied=sign)
        case InformationChanged(information):
            return replace(around, information=information)
        case WaitsChanged(waits, closes):
            return replace(around, waits=waits, closes=closes)
    assert_never(change)
