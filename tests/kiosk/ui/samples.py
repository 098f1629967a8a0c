"""Every page, with models as crowded as a centre can make them. Made-up governments, people and places."""

from collections.abc import Callable
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from kiosk.journey.bench import Trial
from kiosk.journey.bringing import BringChoice
from kiosk.journey.can import CanPage
from kiosk.journey.checkout import Checkout
from kiosk.journey.events import DoorState, FailureCode, WallDoor
from kiosk.journey.idle import IdlePage
from kiosk.journey.information import TopicLine
from kiosk.journey.notice import EmergencyNoticePage, NoticeWords, ShownNotice
from kiosk.journey.order import AgeBandCount, Chosen
from kiosk.journey.page import Choice, Fee, JourneyPage, JourneyStop, Language
from kiosk.journey.steps.address import AddressPage
from kiosk.journey.steps.admission import AdmissionPage
from kiosk.journey.steps.booked_party import CompanyPage
from kiosk.journey.steps.booking import BookingPage, Found
from kiosk.journey.steps.booking_code import SignsPage
from kiosk.journey.steps.bring import BringPage
from kiosk.journey.steps.check_in import AppointmentPage
from kiosk.journey.steps.chip import ChipPage
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.collect import CollectPage
from kiosk.journey.steps.collected import CollectedPage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.display import DisplayPage
from kiosk.journey.steps.documents import DocumentsPage, PartyMember
from kiosk.journey.steps.early import EarlyPage
from kiosk.journey.steps.fee import FeePage
from kiosk.journey.steps.findings import FindingsPage, FoundRow
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.locker import LockerPage
from kiosk.journey.steps.more import MorePage
from kiosk.journey.steps.party import PartyPage
from kiosk.journey.steps.passcode import PasscodePage
from kiosk.journey.steps.pay import PayPage
from kiosk.journey.steps.pin import PinPage
from kiosk.journey.steps.priority_request import PriorityPage
from kiosk.journey.steps.recovering import RecoveringPage
from kiosk.journey.steps.service import ServicePage
from kiosk.journey.steps.setup import SetupPage
from kiosk.journey.steps.technician import TechnicianPage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.steps.ticket_code import CodePage
from kiosk.journey.steps.ticket_status import StatusPage
from kiosk.journey.steps.topic import TopicPage
from kiosk.journey.steps.topics import TopicsPage
from kiosk.journey.steps.unavailable import UnavailablePage
from kiosk.journey.steps.wrong_day import DayPage
from kiosk.journey.surroundings import DevicePart
from kiosk.kit.translations import PSEUDO
from queue_server.domain.values import CODE_LETTERS, NoticeText
from tests.kiosk.ui.booking_samples import booking_ahead

CENTRE = {
    "en": "Consular Support Centre",
    "ar": "مركز الدعم القنصلي",
    "fr": "Centre d'assistance consulaire",
}
GOVERNMENTS = {
    "en": (
        "Republic of Aldova",
        "Republic of Kivari",
        "Kingdom of Marelle",
        "State of Ostrell",
        "Federation of Tessara",
        "Utopia",
        "United Islands of Velland and Sorrow Bay",
    ),
    "ar": (
        "جمهورية ألدوفا",
        "جمهورية كيفاري",
        "مملكة ماريل",
        "دولة أوستريل",
        "اتحاد تيسارا",
        "يوتوبيا",
        "جزر فيلاند وخليج سورو المتحدة",
    ),
    "fr": (
        "République d'Aldova",
        "République de Kivari",
        "Royaume de Marelle",
        "État d'Ostrell",
        "Fédération de Tessara",
        "Utopie",
        "Îles unies de Velland et de la baie de Sorrow",
    ),
}
BADGES = ("ALD", "KVR", "MRL", "OST", "TSR", "UTO", "VEL")
KINDS = {
    "en": (
        "Passport",
        "Birth, marriage or death record",
        "Visa",
        "Going home or evacuation",
        "Emergency money",
        "Health and vaccination",
        "Finding a member of the family",
    ),
    "ar": (
        "جواز السفر",
        "شهادة ميلاد أو زواج أو وفاة",
        "تأشيرة",
        "العودة إلى الوطن أو الإجلاء",
        "مساعدة مالية طارئة",
        "الصحة والتطعيم",
        "البحث عن فرد من العائلة",
    ),
    "fr": (
        "Passeport",
        "Acte de naissance, de mariage ou de décès",
        "Visa",
        "Retour au pays ou évacuation",
        "Aide financière d'urgence",
        "Santé et vaccination",
        "Recherche d'un membre de la famille",
    ),
}
ICONS = ("passport", "record", "visa", "home", "money", "health", "people")
BANDS = (
    ("adult", 18, -1, 2, Fee(123_450, "EUR", 2), False),
    ("child", 6, 17, 1, Fee(4125, "EUR", 2), False),
    ("small-child", 0, 5, 1, None, True),
)
BAND_NAMES = {
    "en": ("Adults", "Children", "Small children"),
    "fr": ("Adultes", "Enfants", "Jeunes enfants"),
    "ar": ("البالغون", "الأطفال", "الأطفال الصغار"),
}
STOPS = {
    "en": (
        ("Check your papers", "Wait in area B"),
        ("Photo and fingerprints", "Room 2"),
        ("Pay the fee", "Cashier"),
        ("Interview", "Rooms 4 to 6"),
        ("Collect your receipt", "Counter 9"),
    ),
    "ar": (
        ("فحص الأوراق", "انتظر في المنطقة B"),
        ("الصورة والبصمات", "الغرفة 2"),
        ("دفع الرسم", "الصندوق"),
        ("المقابلة", "الغرف 4 إلى 6"),
        ("استلام الإيصال", "الشباك 9"),
    ),
    "fr": (
        ("Vérification des papiers", "Attendez en zone B"),
        ("Photo et empreintes", "Salle 2"),
        ("Paiement des frais", "Caisse"),
        ("Entretien", "Salles 4 à 6"),
        ("Retrait du reçu", "Guichet 9"),
    ),
}
BRING = {
    "en": (
        "Letter of whom you come for, signed",
        "only if you come for somebody else, and they cannot come",
        "One photo",
    ),
    "fr": (
        "Lettre signée de la personne absente",
        "seulement si vous venez pour une personne qui ne peut venir",
        "Une photo",
    ),
    "ar": ("رسالة موقعة من الشخص الذي تنوب عنه", "فقط إذا كنت تحضر نيابة عن شخص لا يستطيع الحضور", "صورة واحدة"),
}
DESK = {"en": "Cash desk", "fr": "Caisse", "ar": "الصندوق"}
#: As long as an address of a ticket gets.
ADDRESS = "https://queue.consular-support-centre.example/t/" + "AZ-9_x7" * 6 + "Q"
READERS: tuple[Literal["reading", "again", "read"], ...] = ("reading", "again", "read")
LANGUAGES = (Language("en", "English"), Language("ar", "العربية"), Language("fr", "Français"))
#: What staff typed, as long as it may be: 160 characters.
TYPED = {
    "en": "Biometrics in room 2 starts again at about 14:30. Whoever has a ticket for it keeps the place and may wait "
    "in area B, where there is water, or go out for air.",
    "ar": "تُستأنف البصمات في الغرفة 2 حوالي الساعة 14:30. من معه تذكرة يحتفظ بدوره ويمكنه الانتظار في المنطقة B حيث "
    "يوجد ماء، أو الخروج قليلًا للهواء.",
    "fr": "La biométrie en salle 2 reprend vers 14 h 30. Qui a un ticket garde sa place et peut attendre en zone B, où "
    "il y a de l'eau, ou sortir prendre l'air.",
}
PARTS = (
    DevicePart("printer", "userError", "printer-paper-out", "escpos+tcp://10.20.30.40:9100?width=576"),
    DevicePart("reader", "online", "", "mrz+serial:///dev/serial/by-id/usb-Specimen_Reader_0001-if00?envelope=desko"),
    DevicePart("chip", "online", "trust-invalid", "emrtd+pcsc:///Specimen Contactless Reader 0003?extended=65536"),
    DevicePart("scanner", "noDevice", "", "scanner+evdev:///dev/input/by-id/usb-Specimen_Scanner_0002-event-kbd"),
    DevicePart("terminal", "online", "terminal-refused", "zvt+tcp://10.20.30.41:20007?password=000000"),
)
CHIP_OUTCOMES = (
    "read",
    "expired",
    "paper-expired",
    "document-unread",
    "look",
    "document-removed",
    "chip-reserved",
    "chip-access-refused",
    "chip-answer-invalid",
    "chip-channel-broken",
    "chip-data-invalid",
    "device-not-connected",
    "device-busy",
    "device-timeout",
    "something-new",
)
SEALS = {
    "seal-holds": "emergency-travel-document",
    "seal-expired": "visa",
    "seal-unchecked": "residence-permit",
    "seal-nameless": "health-certificate",
    "look": "substitute-identity-document",
}
PROGRESS = (
    "wait",
    "present-card",
    "insert-card",
    "remove-card",
    "enter-pin",
    "pin-wrong",
    "confirm-amount",
    "choose",
    "watch-terminal",
    "authorising",
    "try-other-way",
    "card-not-accepted",
    "approved",
    "declined",
    "cancelled",
    "reversing",
)
#: As much as anything costs, in a currency of three digits and in one of none.
DEAR, YEN, CHEAP = Fee(9_999_999_999, "KWD", 3), Fee(123_456, "JPY", 0), Fee(8500, "EUR", 2)
CLAIM = "1A2B-3C4D-5E6F"
#: What is shown where staff take the money, and there is no card.
BY_HAND = (
    "checking",
    "paying-wait",
    "late",
    "asking",
    "undoing",
    "printing",
    "not-cancelled",
    "not-failed",
    "given-back",
)
#: Every state of a payment by the name of its picture.
PAYMENTS = {
    "checking": Checkout(may_cancel=True),
    **{f"paying-{one}": Checkout("paying", progress=one, may_cancel=True) for one in PROGRESS},
    "late": Checkout("paying", progress="approved"),
    "asking": Checkout("asking"),
    "undoing": Checkout("undoing", code="B042"),
    "printing": Checkout("printing", code="B042"),
    "offer": Checkout("offer", code="B042"),
    "offer-cut": Checkout("offer", code="B042", paper="cut"),
    **{f"not-{one}": Checkout("not-paid", reason=one) for one in ("declined", "cancelled", "failed", "something-new")},
    "given-back": Checkout("given-back", reason="no-paper"),
    "going-back": Checkout("going-back"),
    "staff": Checkout("staff", claim=CLAIM, claim_paper=True),
    "staff-bare": Checkout("staff", claim=CLAIM),
    "staff-ticket": Checkout("staff", code="B042", paper="cut", claim=CLAIM, claim_paper=True),
    "broken": Checkout("broken", reason="kiosk-outbox"),
}
#: Payments that take long, and how far the call for staff is.
LONGER: dict[str, tuple[Checkout, Literal["", "sending", "told", "coming", "away"]]] = {
    "checking": (Checkout(may_cancel=True), ""),
    "ready": (Checkout("paying", progress="wait", may_cancel=True), ""),
    "read": (Checkout("paying", progress="authorising", may_cancel=True, card="read"), ""),
    "staff": (Checkout("paying", progress="authorising", may_cancel=True, card="read"), "told"),
    "accepted": (Checkout("paying", progress="approved", card="accepted"), "coming"),
    "card-inside": (Checkout("paying", progress="remove-card", card="accepted"), ""),
    "stopped": (Checkout("paying", progress="present-card", may_cancel=True), ""),
    "asking": (Checkout("asking", card="read"), "away"),
    "undoing": (Checkout("undoing", code="B042"), "sending"),
    "printing": (Checkout("printing", code="B042", card="accepted"), ""),
    "by-hand": (Checkout("paying", progress="approved", card="accepted"), "told"),
}
ENDONYMS = (
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("ar", "العربية"),
    ("fa", "دری"),
    ("ps", "پښتو"),
    ("uk", "Українська"),
    ("sw", "Kiswahili"),
    ("so", "Soomaali"),
    ("tr", "Türkçe"),
    ("de", "Deutsch"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
)


FAMILY = (
    PartyMember("adult", 1, alone=False, state="read", name="A\N{BULLET}\N{BULLET}\N{BULLET}\N{BULLET}"),
    PartyMember("adult", 2, alone=False, state="read", name="M\N{BULLET}\N{BULLET}\N{BULLET}\N{BULLET}"),
    PartyMember("child", 1, alone=True, state="now"),
    PartyMember("small", 1, alone=True, state="later"),
)
CHILDREN = (
    PartyMember("adult", 1, alone=True, state="read"),
    PartyMember("child", 1, alone=False, state="none"),
    PartyMember("child", 2, alone=False, state="counter", name="J\N{BULLET}\N{BULLET}\N{BULLET}\N{BULLET}"),
    PartyMember("child", 3, alone=False, state="now"),
)
GROUP = tuple(
    PartyMember(
        "person", nth, alone=False, state="read" if nth < 5 else "none" if nth == 5 else "now" if nth == 6 else "later"
    )
    for nth in range(1, 12)
)
ALL_READ = tuple(
    msgspec.structs.replace(one, state="read", name="W\N{BULLET}\N{BULLET}\N{BULLET}\N{BULLET}") for one in FAMILY
)
LAST = (*FAMILY[:2], PartyMember("small", 1, alone=True, state="now"))
FIRST = tuple(PartyMember("small", nth, alone=False, state="now" if nth == 1 else "later") for nth in range(1, 9))
#: The states of the page of a party's documents, by the end of their names.
DOCUMENTS: dict[str, dict[str, Any]] = {
    "": {},
    "-reading": {"reader": "reading"},
    "-again": {"reader": "again"},
    "-twice": {"reader": "twice"},
    "-missing": {"reader": "missing"},
    "-chip": {"chip": "reading", "percent": 40},
    "-chip-back": {"chip": "back", "percent": 40},
    "-left": {"people": CHILDREN, "side": "left"},
    "-left-again": {"people": CHILDREN, "reader": "again"},
    "-group": {"people": GROUP},
    "-group-twice": {"people": GROUP, "reader": "twice"},
    "-group-first": {"people": FIRST},
    "-last": {"people": LAST},
    "-all": {"people": ALL_READ},
    "-all-of-a-group": {"people": tuple(msgspec.structs.replace(one, state="read") for one in GROUP)},
}


#: A bank as it stands in a small centre, and one with two hundred doors.
WALL = tuple(WallDoor(str(row * 4 + column + 1), column + 1, row + 1) for row in range(5) for column in range(4))
LARGE_WALL = tuple(
    WallDoor(f"{row + 1}-{column + 1:02}", column + 1, row + 1) for row in range(10) for column in range(20)
)
DOOR_STATES: tuple[DoorState, ...] = (
    "opening",
    "open",
    "reminded",
    "overdue",
    "inside",
    "not-opened",
    "busy",
    "over",
    "staff",
    "away",
)
PRINTS: tuple[Literal["printing", "taken", "none"], ...] = ("printing", "taken", "none")
READ_ICONS = ("alert", "next", "clock", "money", "building", "record")
READ = {
    "en": ("Emergency contacts", "What happens next", "Opening hours", "Fees", "How to get here", "Lost passport"),
    "fr": ("Contacts d'urgence", "La suite de votre visite", "Heures d'ouverture", "Tarifs", "Comment venir", "Perdu"),
    "ar": ("أرقام الطوارئ", "ماذا يحدث بعد ذلك", "ساعات العمل", "الرسوم", "كيف تصل إلينا", "جواز سفر مفقود"),
}
_NUMBER = "+44 20 7946 0958"
TOLD = {
    "en": (
        TopicLine("contact", "Emergency line of the centre", _NUMBER, "Day and night"),
        TopicLine("contact", "Help for families of missing people", _NUMBER, "Every day, 08:00 to 20:00"),
        TopicLine("heading", "At any hour"),
        TopicLine("item", "Lost passport and a flight within 24 hours", "\N{BULLET}"),
        TopicLine("item", "Violence or threats, also from your own family", "12."),
        TopicLine("paragraph", "You do not have to say your name. You can ask for a woman or for a man to talk to."),
        TopicLine("row", "Renew a passport", "Adults: EUR 82.50\nChildren: EUR 41.25"),
        TopicLine("row", "Emergency money", "free of charge"),
        TopicLine("heading", "Also closed on"),
        TopicLine("item", "Friday 25 December", "\N{BULLET}"),
    ),
    "fr": (
        TopicLine("contact", "Ligne d'urgence du centre", _NUMBER, "Jour et nuit"),
        TopicLine("contact", "Aide aux familles de disparus", _NUMBER, "Tous les jours, de 08:00 à 20:00"),
        TopicLine("heading", "À toute heure"),
        TopicLine("item", "Passeport perdu et vol dans les 24 heures", "\N{BULLET}"),
        TopicLine("item", "Violences ou menaces, même de votre propre famille", "12."),
        TopicLine(
            "paragraph", "Vous n'êtes pas obligé de donner votre nom. Vous pouvez demander à parler à une femme."
        ),
        TopicLine("row", "Renouveler un passeport", "Adultes : EUR 82,50\nEnfants : EUR 41,25"),
        TopicLine("row", "Aide financière d'urgence", "gratuit"),
        TopicLine("heading", "Fermé aussi le"),
        TopicLine("item", "vendredi 25 décembre", "\N{BULLET}"),
    ),
    "ar": (
        TopicLine("contact", "خط الطوارئ في المركز", _NUMBER, "ليلًا ونهارًا"),
        TopicLine("contact", "مساعدة عائلات المفقودين", _NUMBER, "كل يوم من 08:00 إلى 20:00"),
        TopicLine("heading", "في أي ساعة"),
        TopicLine("item", "جواز سفر مفقود ورحلة خلال 24 ساعة", "\N{BULLET}"),
        TopicLine("item", "عنف أو تهديد، حتى من عائلتك", "12."),
        TopicLine("paragraph", "لست مضطرًا إلى ذكر اسمك. يمكنك أن تطلب التحدث إلى امرأة أو إلى رجل، وبلغتك."),
        TopicLine("row", "تجديد جواز سفر", "EUR 82.50\nEUR 41.25"),
        TopicLine("row", "مساعدة مالية عاجلة", "مجانًا"),
        TopicLine("heading", "مغلق أيضًا في"),
        TopicLine("item", "الجمعة 25 ديسمبر", "\N{BULLET}"),
    ),
}
#: How far the receipt is, and how many documents more there are.
RECEIPTS: tuple[tuple[Literal["offered", "printing", "taken", "none"], int], ...] = (
    ("offered", 2),
    ("printing", 1),
    ("taken", 0),
    ("none", 0),
)
ITEMS = (
    FoundRow("passport", "here"),
    FoundRow("residence-permit", "here"),
    FoundRow("marriage-certificate", "counter"),
    FoundRow("court-document", "later"),
)


#: What stands in the way of an appointment, and what leads on there.
NOT_ADMITTED: dict[Found, dict[str, Any]] = {
    "asking": {},
    "away": {"number": True},
    "slowed": {"number": True, "wait_min": 15},
    "unknown": {"number": True, "again": True},
    "other-centre": {"number": True, "place": "Harbour Consular Centre", "address": "Quay 3, Floor 2"},
    "cancelled": {"number": True, "can_choose": True},
    "displaced": {"number": True, "can_choose": True},
    "checked-in": {"code": "A128"},
    "wrong-person": {"number": True, "again": True},
    "needs-document": {"number": True, "again": True},
    "too-late": {"number": True, "can_choose": True, "clock": "11:00"},
    "staff": {},
}
_LINK = "https://queue.example/b/" + "A" * 43


def check_in(centre: str, stops: tuple[JourneyStop, ...]) -> dict[str, JourneyPage]:
    """Every page of somebody who has an appointment."""
    on: dict[str, Any] = {"steps": 2, "centre": centre}
    came: tuple[Literal["on-time", "early", "late"], ...] = ("on-time", "early", "late")
    day = DayPage(
        step=2, day="2026-12-03", clock="10:30", today="2026-11-24", ahead=12, number=True, can_print=True, **on
    )
    choose = msgspec.structs.replace(day, can_choose=True)
    ticket = TicketPage(step=2, can_back=False, code="A128", paper="taken", ahead=4, stops=stops[:1], **on)
    return {
        "appointment": AppointmentPage(step=1, scanner=True, reader="ready", **on),
        "appointment-foreign": AppointmentPage(step=1, scanner=True, reader="ready", foreign=True, **on),
        "appointment-shown": AppointmentPage(step=1, scanner=True, reader="ready", shown=True, **on),
        "appointment-reading": AppointmentPage(step=1, scanner=True, reader="reading", **on),
        "appointment-confirms": AppointmentPage(step=1, reader="again", confirms=True, side="left", **on),
        "appointment-code-only": AppointmentPage(step=1, **on),
        "signs": SignsPage(step=1, entered="HS4K7", **on),
        "admission": AdmissionPage(step=2, **on),
        "early": EarlyPage(step=2, now="13:10", opens="14:15", clock="14:30", **on),
        "day": choose,
        "day-code": day,
        "day-full": msgspec.structs.replace(choose, number=False, ahead=-1),
        "day-printing": msgspec.structs.replace(choose, paper="printing", can_print=False),
        "day-taken": msgspec.structs.replace(choose, paper="taken", can_print=False, ahead=0),
        "day-no-paper": msgspec.structs.replace(choose, paper="none", can_print=False, ahead=-1),
        "day-link": msgspec.structs.replace(choose, link=_LINK),
        "company": CompanyPage(step=2, people=4, here=4, most=8, **on),
        "company-fewer": CompanyPage(step=2, people=4, counts=True, here=3, most=8, **on),
        "company-more": CompanyPage(step=2, people=4, counts=True, here=6, most=8, **on),
        **{f"ticket-{how}": msgspec.structs.replace(ticket, booked="11:00", came=how) for how in came},
        **{f"booking-{found}": BookingPage(step=2, found=found, **on, **more) for found, more in NOT_ADMITTED.items()},
        "booking-link": BookingPage(step=2, found="cancelled", number=True, link=_LINK, **on),
    }


def collection(centre: str) -> dict[str, JourneyPage]:
    """Every page of somebody who collects."""
    found: dict[str, JourneyPage] = {
        "collect": CollectPage(steps=3, step=1, centre=centre),
        "collect-reading": CollectPage(steps=3, step=1, centre=centre, reader="reading"),
        "collect-again": CollectPage(steps=3, step=1, centre=centre, reader="again", side="left"),
        "passcode": PasscodePage(steps=3, step=1, centre=centre, entered="5821047"),
        "passcode-slip": PasscodePage(steps=3, step=1, centre=centre, entered="582104773926", is_slip=True),
        "findings-asking": FindingsPage(steps=3, step=2, centre=centre),
        "findings-nothing": FindingsPage(steps=3, step=2, centre=centre, found="nothing"),
        "findings-no-code": FindingsPage(steps=3, step=2, centre=centre, found="nothing", by_code=True),
        "findings-slowed": FindingsPage(steps=3, step=2, centre=centre, found="slowed", wait_min=15),
        "findings-away": FindingsPage(steps=3, step=2, centre=centre, found="away"),
        "findings": FindingsPage(steps=3, step=2, centre=centre, found="found", rows=ITEMS, here=2, at_counter=True),
        "findings-many": FindingsPage(
            steps=3, step=2, centre=centre, found="found", rows=ITEMS[:3], further=4, here=1, at_counter=True
        ),
        **{
            f"findings-{one.where}": FindingsPage(
                steps=3,
                step=2,
                centre=centre,
                found="found",
                rows=(one,),
                here=int(one.where == "here"),
                at_counter=one.where == "counter",
            )
            for one in ITEMS[1:]
        },
        "collected": CollectedPage(steps=3, step=3, centre=centre, can_back=False, kind="passport", door="14"),
        "collected-more": CollectedPage(
            steps=3, step=3, centre=centre, can_back=False, kind="residence-permit", door="3-07", more=2
        ),
        **{
            f"collected-{receipt}": CollectedPage(
                steps=3, step=3, centre=centre, can_back=False, kind="passport", door="14", more=more, receipt=receipt
            )
            for receipt, more in RECEIPTS
        },
        "locker-large": LockerPage(
            steps=3, step=3, centre=centre, can_back=False, state="open", door="7-13", wall=LARGE_WALL
        ),
        "locker-longer": LockerPage(steps=3, step=3, centre=centre, can_back=False, longer=True),
    }
    for state in DOOR_STATES:
        found[f"locker-{state}"] = LockerPage(
            steps=3, step=3, centre=centre, can_back=False, state=state, door="14", wall=WALL
        )
    return found


def bring(spoken: str, centre: str) -> dict[str, JourneyPage]:
    """Show lists as long as their words get, turned to their beginning and to their end."""
    letter, only, photo = BRING[spoken]
    lines = (
        BringChoice("a/letter", "document", letter, only=only),
        BringChoice("a/photo", "photo", photo, form="either", translated=True, count=8, had=True),
        BringChoice("a/form", "form", letter, form="original"),
    )
    fee = BringChoice("fee", "fee", fee=DEAR)
    whole = (*lines, fee)
    return {
        "bring": BringPage(step=3, centre=centre, service=letter, icon="passport", lines=whole, missing=3),
        "bring-last": BringPage(step=3, centre=centre, service=letter, lines=whole, first=3, missing=3),
        "bring-all": BringPage(step=3, centre=centre, service=letter, lines=(fee,), paper="offered"),
        "bring-printing": BringPage(step=3, centre=centre, service=letter, lines=(fee,), paper="printing"),
        "bring-taken": BringPage(step=3, centre=centre, service=letter, lines=(fee,), paper="taken"),
        "bring-no-paper": BringPage(step=3, centre=centre, service=letter, lines=(fee,), paper="none"),
        "bring-further": BringPage(step=3, centre=centre, service=letter, lines=whole, first=1, missing=1),
    }


def documents(centre: str, people: tuple[PartyMember, ...] = FAMILY, **more: Any) -> DocumentsPage:
    return DocumentsPage(step=3, centre=centre, people=people, **more)


def information(spoken: str, centre: str) -> dict[str, JourneyPage]:
    """Every page of somebody who reads."""
    lines = TOLD[spoken]
    choices = tuple(
        Choice(str(at), one, icon) for at, (one, icon) in enumerate(zip(READ[spoken], READ_ICONS, strict=True))
    )
    return {
        "topics": TopicsPage(centre=centre, steps=0, choices=choices),
        "topics-away": TopicsPage(centre=centre, steps=0, choices=choices, day="2026-11-24", time="10:38"),
        "topic": TopicPage(centre=centre, steps=0, title=READ[spoken][3], lines=lines, paper="offered"),
        "topic-short": TopicPage(centre=centre, steps=0, title=READ[spoken][0], lines=lines[:2]),
        **{
            f"topic-{paper}": TopicPage(
                centre=centre,
                steps=0,
                title=READ[spoken][1],
                lines=lines,
                paper=paper,
                day="2026-11-24",
                time="10:38",
                over="2026-01-31",
            )
            for paper in PRINTS
        },
    }


def pages(language: str) -> dict[str, JourneyPage]:
    """Every page and variant by the name of its picture; the catalogue speaks English where ``language`` is none."""
    spoken = language if language in CENTRE else "en"
    centre = CENTRE[spoken]
    governments = tuple(
        Choice(badge, name, badge=badge) for badge, name in zip(BADGES, GOVERNMENTS[spoken], strict=True)
    )
    kinds = tuple(Choice(icon, name, icon=icon) for icon, name in zip(ICONS, KINDS[spoken], strict=True))
    stops = tuple(JourneyStop(label, place) for label, place in STOPS[spoken])
    government, kind, service = GOVERNMENTS[spoken][6], KINDS[spoken][1], KINDS[spoken][6]
    confirm = ConfirmPage(step=4, centre=centre, service=service, government=government, icon="people", stops=stops)
    ticket = TicketPage(step=5, can_back=False, centre=centre, code="B042", ahead=6, stops=stops)
    one_service, other, third = (Chosen(str(index), KINDS[spoken][index], government, "record") for index in (6, 1, 3))
    both = f"{one_service.service} + {other.service}"
    families = tuple(
        AgeBandCount(ident, name, first, last, count, fee, free)
        for (ident, first, last, count, fee, free), name in zip(BANDS, BAND_NAMES[spoken], strict=True)
    )
    nobody = tuple(msgspec.structs.replace(band, count=0) for band in families)
    many = tuple(Language(code, name) for code, name in ENDONYMS)
    others = tuple(one.code for one in LANGUAGES if one.code != language)[:2]
    everybody = tuple(NoticeWords(one.code) for one in LANGUAGES)
    announced = ShownNotice(NoticeText.SYSTEM_FAULT, (NoticeWords(language),))
    typed = ShownNotice(NoticeText.OWN, (NoticeWords(language, TYPED[spoken]),))
    return {
        "language": LanguagePage(
            centre=centre, can_back=False, can_restart=False, can_language=False, languages=LANGUAGES, reader="ready"
        ),
        "language-no-paper": LanguagePage(
            centre=centre, languages=LANGUAGES, no_paper=True, scanner=True, reader="ready"
        ),
        **{
            f"language-{reader}": LanguagePage(
                centre=centre, languages=LANGUAGES, reader=reader, suggested="ar", no_paper=True, scanner=True
            )
            for reader in READERS
        },
        "language-many": LanguagePage(centre=centre, languages=many, reader="ready", scanner=True),
        "language-many-announced": LanguagePage(
            centre=centre,
            languages=many,
            reader="read",
            suggested="ar",
            scanner=True,
            no_paper=True,
            notice=ShownNotice(NoticeText.DELAY, tuple(NoticeWords(one.code) for one in many)),
        ),
        "identify": IdentifyPage(step=1, centre=centre),
        "language-information": LanguagePage(
            centre=centre, can_back=False, can_restart=False, can_inform=True, languages=LANGUAGES, reader="ready"
        ),
        **information(spoken, centre),
        **booking_ahead(centre, one_service.service, other.service),
        "identify-reading": IdentifyPage(step=1, centre=centre, reader="reading"),
        "identify-again": IdentifyPage(step=1, centre=centre, reader="again", no_paper=True),
        "identify-announced": IdentifyPage(step=1, centre=centre, chip=True, no_paper=True, notice=typed),
        "identify-missing": IdentifyPage(step=1, centre=centre, reader="missing", no_paper=True),
        "identify-chip": IdentifyPage(step=1, centre=centre, chip=True, no_paper=True),
        "chip": ChipPage(step=1, centre=centre),
        "chip-reading": ChipPage(step=1, centre=centre, state="reading", percent=65),
        "chip-back": ChipPage(step=1, centre=centre, state="back", percent=30),
        **{
            f"chip-{outcome}": ChipPage(step=1, centre=centre, state="ended", percent=100, outcome=outcome)
            for outcome in CHIP_OUTCOMES
        },
        "seal": ChipPage(step=1, centre=centre, seal="visa"),
        **{
            f"seal-{outcome.removeprefix('seal-')}": ChipPage(
                step=1, centre=centre, state="ended", outcome=outcome, seal=kind
            )
            for outcome, kind in SEALS.items()
        },
        "government": GovernmentPage(step=2, centre=centre, choices=governments[:6]),
        "government-seven": GovernmentPage(step=2, centre=centre, choices=governments[1:6], more=True),
        "government-one": GovernmentPage(step=2, centre=centre, choices=governments[:1]),
        "kind": KindPage(step=3, centre=centre, government=government, choices=kinds[:6]),
        "kind-more": KindPage(step=3, centre=centre, government=government, choices=kinds[1:6], more=True),
        "kind-told": KindPage(step=3, centre=centre, government=government, choices=kinds[:4], more=True, told=True),
        "service": ServicePage(step=3, centre=centre, kind=kind, choices=kinds[:3]),
        "confirm": confirm,
        "confirm-short": ConfirmPage(
            step=4,
            centre=centre,
            service=KINDS[spoken][0],
            government=GOVERNMENTS[spoken][0],
            icon="passport",
            stops=stops[:3],
        ),
        "confirm-no-paper": ConfirmPage(
            step=4, centre=centre, service=service, government=government, stops=stops, no_paper=True
        ),
        "confirm-working": ConfirmPage(
            step=4, centre=centre, can_back=False, service=service, government=government, icon="visa"
        ),
        "ticket": TicketPage(
            step=5,
            can_back=False,
            centre=centre,
            code="B042",
            paper="taken",
            ahead=6,
            stops=stops[:3],
        ),
        "ticket-crowded": TicketPage(
            step=5, can_back=False, centre=centre, code="K0042", paper="taken", ahead=102, stops=stops
        ),
        "ticket-printing": ticket,
        "ticket-none": TicketPage(
            step=5, can_back=False, centre=centre, code="B042", paper="none", ahead=1, stops=stops, address=ADDRESS
        ),
        "ticket-none-paper": TicketPage(
            step=5,
            can_back=False,
            centre=centre,
            code="B042",
            paper="none",
            ahead=1,
            stops=stops,
            address=ADDRESS,
            can_print=True,
        ),
        "ticket-cut": TicketPage(
            step=5, can_back=False, centre=centre, code="K0042", paper="cut", ahead=0, stops=stops, address=ADDRESS
        ),
        "ticket-unsent": TicketPage(step=5, can_back=False, centre=centre, code="B042", paper="taken"),
        "confirm-fee": msgspec.structs.replace(confirm, fee=True),
        "fee": FeePage(step=4, centre=centre, fee=CHEAP, service=service, government=government, icon="people"),
        "fee-desk": FeePage(
            step=4, centre=centre, fee=DEAR, service=kind, government=government, icon="record", desk=DESK[spoken]
        ),
        "fee-desk-left": FeePage(
            step=4, centre=centre, fee=DEAR, service=kind, government=government, can_pay=False, desk=DESK[spoken]
        ),
        "fee-desk-by-hand": FeePage(
            step=4, centre=centre, fee=DEAR, service=kind, government=government, by_hand=True, desk=DESK[spoken]
        ),
        "pay-desk": PayPage(
            step=4,
            centre=centre,
            fee=DEAR,
            payment=Checkout("not-paid", reason="declined"),
            again=True,
            desk=DESK[spoken],
        ),
        "fee-dear": FeePage(step=4, centre=centre, fee=DEAR, service=kind, government=government, icon="record"),
        "fee-left": FeePage(
            step=4, centre=centre, fee=CHEAP, service=service, government=government, icon="people", side="left"
        ),
        "fee-below": FeePage(
            step=4, centre=centre, fee=DEAR, service=service, government=government, icon="people", side="below"
        ),
        "identify-left": IdentifyPage(step=1, centre=centre, side="left"),
        **bring(spoken, centre),
        "more": MorePage(step=3, centre=centre, chosen=(one_service,), can_add=True, party=True),
        "more-party": MorePage(
            step=3, centre=centre, chosen=(one_service, other), people=4, bands=families, party=True, can_add=True
        ),
        "more-full": MorePage(step=3, centre=centre, chosen=(one_service, other, third), people=8, party=True),
        "party": PartyPage(step=3, centre=centre, bands=families, people=4, most=8),
        "party-nobody": PartyPage(step=3, centre=centre, bands=nobody, people=0, most=8),
        "party-full": PartyPage(step=3, centre=centre, bands=families, people=4, most=4),
        "party-alone": PartyPage(
            step=3, centre=centre, bands=(AgeBandCount("anyone", count=1, fee=DEAR),), people=1, most=8
        ),
        **collection(centre),
        **check_in(centre, stops),
        "identify-booked": IdentifyPage(step=1, centre=centre, chip=True, collects=True, books=True),
        "identify-booked-missing": IdentifyPage(step=1, centre=centre, reader="missing", no_paper=True, books=True),
        "kind-booked": KindPage(
            step=3, centre=centre, government=government, choices=kinds[:2], more=True, collects=True, books=True
        ),
        "identify-collect": IdentifyPage(step=1, centre=centre, chip=True, collects=True),
        "identify-collect-missing": IdentifyPage(
            step=1, centre=centre, reader="missing", no_paper=True, collects=True, notice=announced
        ),
        "kind-collect": KindPage(
            step=3, centre=centre, government=government, choices=kinds[:3], more=True, told=True, collects=True
        ),
        **{f"documents{name}": documents(centre, **more) for name, more in DOCUMENTS.items()},
        "confirm-party": msgspec.structs.replace(
            confirm, service=both, services=2, people=4, stops=(*stops, *stops)[:5], fee=True
        ),
        "fee-party": FeePage(
            step=4,
            centre=centre,
            fee=DEAR,
            service=both,
            government=government,
            services=2,
            people=4,
        ),
        "fee-away": FeePage(
            step=4, centre=centre, fee=YEN, service=service, government=government, icon="visa", can_pay=False
        ),
        "fee-by-hand": FeePage(
            step=4, centre=centre, fee=DEAR, service=kind, government=government, icon="record", by_hand=True
        ),
        "fee-working": FeePage(
            step=4, centre=centre, can_back=False, fee=CHEAP, service=service, government=government, working=True
        ),
        **{
            f"pay-{name}": PayPage(
                step=4,
                can_back=False,
                can_restart=payment.phase in {"not-paid", "given-back", "going-back", "staff", "broken"},
                centre=centre,
                fee=DEAR if name == "checking" else CHEAP,
                payment=payment,
                again=payment.phase in {"not-paid", "given-back", "going-back"} and name != "not-failed",
            )
            for name, payment in PAYMENTS.items()
        },
        **{
            f"pay-by-hand-{name}": PayPage(
                step=4,
                can_back=False,
                can_restart=PAYMENTS[name].phase in {"not-paid", "given-back"},
                centre=centre,
                fee=DEAR if name == "undoing" else CHEAP,
                payment=PAYMENTS[name],
                again=PAYMENTS[name].phase in {"not-paid", "given-back"},
                by_hand=True,
            )
            for name in BY_HAND
        },
        "pay-by-hand-dear": PayPage(
            step=4,
            can_back=False,
            can_restart=False,
            centre=centre,
            fee=DEAR,
            payment=PAYMENTS["paying-wait"],
            by_hand=True,
        ),
        "pay-cancelled": PayPage(
            step=4,
            can_back=False,
            centre=centre,
            fee=CHEAP,
            payment=Checkout("paying", progress="present-card", may_cancel=True),
            cancelled=True,
        ),
        **{
            f"pay-longer-{name}": PayPage(
                step=4,
                can_back=False,
                can_restart=False,
                centre=centre,
                fee=CHEAP,
                payment=payment,
                longer=True,
                staff=staff,
                by_hand=name == "by-hand",
                cancelled=name == "stopped",
            )
            for name, (payment, staff) in LONGER.items()
        },
        "pay-working": PayPage(
            step=4, can_back=False, centre=centre, fee=CHEAP, payment=PAYMENTS["not-declined"], again=True, working=True
        ),
        "ticket-paid": msgspec.structs.replace(ticket, paper="taken", asks=True, paid=True, stops=stops[:3]),
        "ticket-paid-cut": msgspec.structs.replace(ticket, paper="cut", paid=True),
        "recovering": RecoveringPage(centre=centre, can_back=False, can_restart=False),
        "confirm-asks": msgspec.structs.replace(confirm, asks=True),
        "priority": PriorityPage(step=4, centre=centre),
        "ticket-asks": msgspec.structs.replace(ticket, paper="taken", asks=True, notice=announced, stops=stops[:3]),
        "ticket-typed": msgspec.structs.replace(ticket, paper="taken", asks=True, notice=typed, stops=stops[:3]),
        "language-scanner": LanguagePage(centre=centre, can_restart=False, languages=LANGUAGES, scanner=True),
        "language-announced": LanguagePage(
            centre=centre,
            languages=LANGUAGES,
            scanner=True,
            reader="ready",
            notice=ShownNotice(NoticeText.DELAY, everybody),
        ),
        "language-crowded": LanguagePage(
            centre=centre,
            languages=LANGUAGES,
            scanner=True,
            no_paper=True,
            reader="again",
            notice=ShownNotice(NoticeText.SYSTEM_FAULT, everybody),
        ),
        "language-typed": LanguagePage(
            centre=centre,
            languages=LANGUAGES,
            scanner=True,
            no_paper=True,
            reader="ready",
            notice=ShownNotice(NoticeText.OWN, tuple(NoticeWords(code, TYPED[code]) for code in TYPED)),
        ),
        "status-looking": StatusPage(centre=centre),
        "status": StatusPage(
            centre=centre, found="waiting", code="K0042", ahead=102, stop=stops[1].label, place=stops[1].place
        ),
        "status-next": StatusPage(centre=centre, found="waiting", code="B042", ahead=0, stop=stops[0].label),
        "status-called": StatusPage(centre=centre, found="called", code="K0042", counter="12"),
        "status-serving": StatusPage(centre=centre, found="serving", code="B042", counter="7"),
        "status-parked": StatusPage(centre=centre, found="parked", code="B042"),
        "status-missed": StatusPage(centre=centre, found="missed", code="B042"),
        "status-over": StatusPage(centre=centre, found="over", code="B042"),
        "status-unknown": StatusPage(centre=centre, found="unknown"),
        "status-away": StatusPage(centre=centre, found="away"),
        "status-typed": StatusPage(centre=centre, found="waiting", typed=True, code="K0042"),
        "status-typed-called": StatusPage(centre=centre, found="called", typed=True, code="B042", counter="12"),
        "status-not-shown": StatusPage(centre=centre, found="not-shown", typed=True, code="K0042"),
        "status-limited": StatusPage(centre=centre, found="limited", typed=True),
        "can": CanPage(centre=centre, step=1),
        "can-again": CanPage(centre=centre, step=1, entered="0689", again=True),
        "code": CodePage(centre=centre, letters=tuple(CODE_LETTERS)),
        "code-digits": CodePage(centre=centre, entered="B04"),
        "code-full": CodePage(centre=centre, entered="K0042", ready=True),
        "closed-hours": ClosedPage(
            centre=centre,
            can_back=False,
            books=True,
            reason="closed",
            others=others,
            days=3,
            weekday=3,
            day=30,
            month=9,
            time="08:30",
            scanner=True,
        ),
        "closed-last": ClosedPage(
            centre=centre,
            can_back=False,
            books=True,
            reason="last-ticket",
            others=others,
            days=1,
            time="08:30",
            scanner=True,
            notice=ShownNotice(NoticeText.SYSTEM_FAULT, tuple(NoticeWords(code) for code in (language, *others))),
        ),
        "closed-full": ClosedPage(
            centre=centre,
            can_back=False,
            books=True,
            reason="full",
            others=others,
            days=0,
            time="14:00",
            scanner=True,
            notice=typed,
        ),
        "closed-many": ClosedPage(
            centre=centre,
            can_back=False,
            books=True,
            reason="last-ticket",
            others=tuple(one.code for one in many if one.code != language)[:14],
            days=1,
            time="08:30",
            scanner=True,
            notice=ShownNotice(NoticeText.DELAY, tuple(NoticeWords(one.code) for one in many[:15])),
        ),
        "closed-typed": ClosedPage(
            centre=centre,
            can_back=False,
            books=True,
            reason="full",
            others=others,
            scanner=True,
            notice=ShownNotice(
                NoticeText.OWN, tuple(NoticeWords(code, TYPED.get(code, "")) for code in (language, *others))
            ),
        ),
        "closed-unknown": ClosedPage(centre=centre, can_back=False, reason="closed", others=others),
        "closed-out": ClosedPage(centre=centre, can_back=False, reason="out-of-order", others=others, scanner=True),
        "closed-copied": ClosedPage(
            centre=centre, can_back=False, reason="copied", sign="7F3A", others=others, scanner=True
        ),
        "emergency": EmergencyNoticePage(notice=ShownNotice(NoticeText.LEAVE_BUILDING, everybody), code="K0042"),
        "emergency-stay": EmergencyNoticePage(notice=ShownNotice(NoticeText.STAY_INSIDE, everybody)),
        "emergency-typed": EmergencyNoticePage(
            notice=ShownNotice(NoticeText.OWN, tuple(NoticeWords(code, TYPED[code]) for code in TYPED)), code="B042"
        ),
        "emergency-many": EmergencyNoticePage(
            notice=ShownNotice(
                NoticeText.LEAVE_BUILDING, tuple(NoticeWords(code) for code in (*TYPED, *TYPED, *TYPED))
            ),
            code="B042",
        ),
        "pin": PinPage(centre=centre, entered="•••"),
        "pin-full": PinPage(centre=centre, entered="••••••", problem="pin-wrong"),
        "pin-busy": PinPage(centre=centre, busy=True),
        "pin-wait": PinPage(centre=centre, problem="pin-wait", wait_min=15),
        "technician": TechnicianPage(
            centre=centre,
            kiosk="Kiosk 3",
            version="1.2.3",
            parts=tuple(replace(one, state="online", code="") for one in PARTS),
            connected=True,
            trial=Trial("print", "good"),
        ),
        "technician-fault": TechnicianPage(
            centre=centre,
            kiosk="Kiosk 3",
            version="1.2.3",
            parts=(PARTS[0], replace(PARTS[1], state="unknown"), *(replace(one, code="") for one in PARTS[2:])),
            connected=True,
            trial=Trial("terminal", "stands"),
        ),
        "technician-running": TechnicianPage(
            centre=centre, kiosk="Kiosk 3", version="1.2.3", parts=PARTS, waiting=12, trial=Trial("roll")
        ),
        "technician-bad": TechnicianPage(
            centre=centre,
            kiosk="Kiosk 3",
            version="1.2.3",
            parts=PARTS,
            refused=1,
            out_of_order=True,
            trial=Trial("print", "bad", "device-setting-invalid"),
        ),
        "technician-reader": TechnicianPage(
            centre=centre, kiosk="Kiosk 3", parts=PARTS, view="more", trial=Trial("reader")
        ),
        "technician-chip": TechnicianPage(
            centre=centre, kiosk="Kiosk 3", parts=PARTS, view="more", trial=Trial("chip", "bad", "chip-absent")
        ),
        "technician-addresses": TechnicianPage(centre=centre, kiosk="Kiosk 3", parts=PARTS, view="addresses"),
        "technician-bare": TechnicianPage(centre=centre, kiosk="Kiosk 3", connected=True),
        "address": AddressPage(centre=centre, part="printer", entered=PARTS[0].address),
        "address-long": AddressPage(
            centre=centre, part="scanner", entered=PARTS[3].address * 2, problem="device-url-invalid"
        ),
        "address-busy": AddressPage(centre=centre, part="reader", busy=True),
        "help": HelpPage(centre=centre, sent="coming", minutes=1, kiosk="Kiosk 3", has_ticket=True),
        "help-late": HelpPage(centre=centre, sent="told", minutes=11, late=True, kiosk="Kiosk 3", has_ticket=True),
        "help-sending": HelpPage(centre=centre, kiosk="Kiosk 3"),
        "help-told": HelpPage(centre=centre, sent="told", private=True, kiosk="Kiosk 3", has_ticket=True),
        "help-away": HelpPage(centre=centre, sent="away", kiosk="Kiosk 3", has_ticket=True),
        "display": DisplayPage(centre=centre, can_restart=False),
        "display-on": DisplayPage(centre=centre, large=True, contrast=True, lowered=True),
        "idle": IdlePage(step=3, centre=centre),
        "idle-last": IdlePage(step=3, centre=centre, left=1),
        "unavailable": UnavailablePage(centre=centre, problem=FailureCode.NO_OFFER, can_back=False, others=others),
        "unavailable-many": UnavailablePage(
            centre=centre,
            problem=FailureCode.NO_OFFER,
            can_back=False,
            others=tuple(one.code for one in many if one.code != language)[:14],
        ),
        "unavailable-outbox": UnavailablePage(centre=centre, problem=FailureCode.OUTBOX),
        "unavailable-codes": UnavailablePage(centre=centre, problem=FailureCode.CODES_USED_UP),
        "setup": SetupPage(entered="407", can_back=False, can_restart=False),
        "setup-full": SetupPage(entered="40718293", problem=FailureCode.ENROL_CODE),
        "setup-away": SetupPage(problem=FailureCode.ENROL_AWAY),
        "setup-limit": SetupPage(problem=FailureCode.ENROL_LIMIT),
        "setup-busy": SetupPage(entered="40718293", busy=True),
    }


def drafted(say: Callable[[str, str, str], str]) -> Callable[[str, str, str], str]:
    """Speak for languages that the kiosk has no words of yet, at the length of English: for pages in many languages."""

    def speak(language: str, context: str, text: str) -> str:
        said = say(language, context, text)
        return said if language in (*CENTRE, PSEUDO) or not text else f"{text} {language}"

    return speak
