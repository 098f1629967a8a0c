"""What can happen to a journey (``Event``), and what it asks for (``Effect``).

Answers carry ``number``, the number of the journey that asked: one that comes after its person left is ignored.
"""

from kiosk.journey.events.appointments import (
    AdmissionRefused,
    BookingChecked,
    BookingPrinted,
    CheckBooking,
    CheckedBooking,
    PrintBooking,
)
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
    WaitsChanged,
    Wipe,
)
from kiosk.journey.events.booking_times import (
    BookableTime,
    BookTime,
    DayWithTimes,
    FindTimes,
    HoldAnswered,
    HoldTime,
    TimeBooked,
    TimesFound,
)
from kiosk.journey.events.collecting import (
    CollectedItem,
    CollectedPrinted,
    DoorChanged,
    DoorState,
    OpenDoor,
    PrintCollected,
    ProofAnswered,
    Prove,
    WallDoor,
    WhereToGet,
)
from kiosk.journey.events.documents import (
    ChipProgress,
    ChipRead,
    DocumentRead,
    DocumentUnread,
    EndChip,
    ForgetDocument,
    GiveCan,
    Laid,
    ReadChip,
    ReadingStarted,
)
from kiosk.journey.events.forms import (
    FieldsRead,
    FormOpened,
    FormSlipPrinted,
    FormStored,
    OpenForm,
    PrintFormSlip,
    ReadFields,
    SaveForm,
)
from kiosk.journey.events.lookup import LookUp, LookUpCode, Scanned, StatusAway, StatusFound, StatusUnknown
from kiosk.journey.events.paying import AnswerPaper, Bought, BoughtLine, CancelCheckout, CheckoutChanged, StartCheckout
from kiosk.journey.events.reading import InformationChanged, PrintTopic, TopicPrinted
from kiosk.journey.events.service import (
    AddressAnswered,
    CheckPin,
    Enrol,
    EnrolByText,
    EnrolmentScanned,
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
from kiosk.journey.events.staff import CallStaff, HelpAnswered, HelpSent, WithdrawCall
from kiosk.journey.events.tickets import (
    FailureCode,
    Issued,
    IssueFailed,
    MakeTicket,
    Printed,
    PrintTicketLater,
    VisitAccepted,
)
from kiosk.journey.events.touch import Action, TimePassed

__all__ = [
    "Action",
    "AddressAnswered",
    "AdmissionRefused",
    "AnswerPaper",
    "AvailabilityChanged",
    "BookTime",
    "BookableTime",
    "BookingChecked",
    "BookingPrinted",
    "Bought",
    "BoughtLine",
    "CallStaff",
    "CancelCheckout",
    "CheckBooking",
    "CheckPin",
    "CheckedBooking",
    "CheckoutChanged",
    "ChipProgress",
    "ChipRead",
    "ChipReaderChanged",
    "CollectedItem",
    "CollectedPrinted",
    "CopiedChanged",
    "DayWithTimes",
    "DocumentRead",
    "DocumentUnread",
    "DoorChanged",
    "DoorState",
    "Effect",
    "EndChip",
    "Enrol",
    "EnrolByText",
    "EnrolRefused",
    "EnrolmentScanned",
    "Event",
    "FailureCode",
    "FieldsRead",
    "FindChip",
    "FindTimes",
    "ForgetDocument",
    "FormOpened",
    "FormSlipPrinted",
    "FormStored",
    "GiveCan",
    "HealthChanged",
    "HelpAnswered",
    "HelpSent",
    "HoldAnswered",
    "HoldTime",
    "InformationChanged",
    "IssueFailed",
    "Issued",
    "Laid",
    "LookUp",
    "LookUpCode",
    "MakeTicket",
    "ModeChanged",
    "OfferChanged",
    "OpenDoor",
    "OpenForm",
    "PaperChanged",
    "PinAnswered",
    "PrintBooking",
    "PrintCollected",
    "PrintFormSlip",
    "PrintTest",
    "PrintTicketLater",
    "PrintTopic",
    "Printed",
    "ProofAnswered",
    "Prove",
    "ReadChip",
    "ReadFields",
    "ReaderChanged",
    "ReadingStarted",
    "Refresh",
    "Restart",
    "RollChanged",
    "SaveForm",
    "Scanned",
    "ScannerChanged",
    "SetAddress",
    "SetOutOfOrder",
    "Settling",
    "StartCheckout",
    "StatusAway",
    "StatusFound",
    "StatusUnknown",
    "TerminalChanged",
    "TimeBooked",
    "TimePassed",
    "TimesFound",
    "TopicPrinted",
    "TrialAnswered",
    "TryTerminal",
    "VisitAccepted",
    "WaitsChanged",
    "WallDoor",
    "WhereToGet",
    "Wipe",
    "WithdrawCall",
]

type Event = (
    Action
    | ReadingStarted
    | DocumentUnread
    | DocumentRead
    | ChipProgress
    | ChipRead
    | Issued
    | IssueFailed
    | VisitAccepted
    | Printed
    | CheckoutChanged
    | HelpAnswered
    | EnrolRefused
    | EnrolmentScanned
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
    | ProofAnswered
    | DoorChanged
    | CollectedPrinted
    | InformationChanged
    | WaitsChanged
    | TopicPrinted
    | BookingChecked
    | BookingPrinted
    | AdmissionRefused
    | TimesFound
    | HoldAnswered
    | TimeBooked
    | FormOpened
    | FormStored
    | FieldsRead
    | FormSlipPrinted
    | PinAnswered
    | TrialAnswered
    | AddressAnswered
    | TimePassed
)


type Effect = (
    Enrol
    | EnrolByText
    | MakeTicket
    | PrintTicketLater
    | StartCheckout
    | CancelCheckout
    | AnswerPaper
    | ReadChip
    | GiveCan
    | EndChip
    | ForgetDocument
    | LookUp
    | LookUpCode
    | Prove
    | OpenDoor
    | PrintCollected
    | PrintTopic
    | CheckBooking
    | PrintBooking
    | FindTimes
    | HoldTime
    | BookTime
    | OpenForm
    | SaveForm
    | ReadFields
    | PrintFormSlip
    | CallStaff
    | WithdrawCall
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
