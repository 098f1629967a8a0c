"""What can happen to a journey (``Event``), and what it asks for (``Effect``).

Answers carry ``number``, the number of the journey that asked: one that comes after its person left is ignored.
"""

from kiosk.journey.events.around import (
    AvailabilityChanged,
    ChipReaderChanged,
    CopiedChanged,
    HealthChanged,
    ModeChanged,
    OfferChanged,
    PaperChanged,
    ReaderChanged,
    Refresh,
    ScannerChanged,
    Settling,
    TerminalChanged,
    Wipe,
)
from kiosk.journey.events.documents import (
    ChipProgress,
    ChipRead,
    DocumentRead,
    DocumentReading,
    DocumentUnread,
    EndChip,
    ForgetDocument,
    GiveCan,
    Laid,
    ReadChip,
)
from kiosk.journey.events.lookup import LookUp, LookUpCode, Scanned, StatusAway, StatusFound, StatusUnknown
from kiosk.journey.events.paying import AnswerPaper, Bought, BoughtLine, CancelCheckout, CheckoutChanged, Pay
from kiosk.journey.events.service import (
    AddressAnswered,
    CheckPin,
    Enrol,
    EnrolRefused,
    FindChip,
    PinAnswered,
    PrintTest,
    Restart,
    RollChanged,
    SetAddress,
    SetOutOfOrder,
    TrialAnswered,
    TryTerminal,
)
from kiosk.journey.events.staff import CallHelp, HelpAnswered, HelpSent, WithdrawHelp
from kiosk.journey.events.tickets import Answered, FailureCode, Issue, Issued, IssueFailed, Printed, PrintTicket
from kiosk.journey.events.touch import Action, Tick

__all__ = [
    "Action",
    "AddressAnswered",
    "AnswerPaper",
    "Answered",
    "AvailabilityChanged",
    "Bought",
    "BoughtLine",
    "CallHelp",
    "CancelCheckout",
    "CheckPin",
    "CheckoutChanged",
    "ChipProgress",
    "ChipRead",
    "ChipReaderChanged",
    "CopiedChanged",
    "DocumentRead",
    "DocumentReading",
    "DocumentUnread",
    "Effect",
    "EndChip",
    "Enrol",
    "EnrolRefused",
    "Event",
    "FailureCode",
    "FindChip",
    "ForgetDocument",
    "GiveCan",
    "HealthChanged",
    "HelpAnswered",
    "HelpSent",
    "Issue",
    "IssueFailed",
    "Issued",
    "Laid",
    "LookUp",
    "LookUpCode",
    "ModeChanged",
    "OfferChanged",
    "PaperChanged",
    "Pay",
    "PinAnswered",
    "PrintTest",
    "PrintTicket",
    "Printed",
    "ReadChip",
    "ReaderChanged",
    "Refresh",
    "Restart",
    "RollChanged",
    "Scanned",
    "ScannerChanged",
    "SetAddress",
    "SetOutOfOrder",
    "Settling",
    "StatusAway",
    "StatusFound",
    "StatusUnknown",
    "TerminalChanged",
    "Tick",
    "TrialAnswered",
    "TryTerminal",
    "Wipe",
    "WithdrawHelp",
]

type Event = (
    Action
    | DocumentReading
    | DocumentUnread
    | DocumentRead
    | ChipProgress
    | ChipRead
    | Issued
    | IssueFailed
    | Answered
    | Printed
    | CheckoutChanged
    | HelpAnswered
    | EnrolRefused
    | PaperChanged
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
    | Scanned
    | StatusFound
    | StatusUnknown
    | StatusAway
    | PinAnswered
    | TrialAnswered
    | AddressAnswered
    | Tick
)


type Effect = (
    Enrol
    | Issue
    | PrintTicket
    | Pay
    | CancelCheckout
    | AnswerPaper
    | ReadChip
    | GiveCan
    | EndChip
    | ForgetDocument
    | LookUp
    | LookUpCode
    | CallHelp
    | WithdrawHelp
    | Refresh
    | CheckPin
    | PrintTest
    | RollChanged
    | FindChip
    | TryTerminal
    | SetAddress
    | SetOutOfOrder
    | Restart
    | Wipe
)
