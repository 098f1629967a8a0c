"""Every page, with models as crowded as a centre can make them. Made-up governments, people and places."""

from kiosk.journey.failure import FailureCode
from kiosk.journey.page import (
    Choice,
    ConfirmPage,
    DisplayPage,
    GovernmentPage,
    HelpPage,
    IdentifyPage,
    IdlePage,
    KindPage,
    Language,
    LanguagePage,
    Page,
    ServicePage,
    SetupPage,
    SorryPage,
    Stop,
    TicketPage,
)

CENTRE = {"en": "Consular Support Centre", "ar": "مركز الدعم القنصلي"}
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
}
ICONS = ("passport", "record", "visa", "home", "money", "health", "people")
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
}
LANGUAGES = (Language("en", "English"), Language("ar", "العربية"))
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


def pages(language: str) -> dict[str, Page]:
    """Every page and variant by the name of its picture; the catalogue speaks English where ``language`` is none."""
    spoken = language if language in CENTRE else "en"
    centre = CENTRE[spoken]
    governments = tuple(
        Choice(badge, name, badge=badge, suggested=badge == "ALD")
        for badge, name in zip(BADGES, GOVERNMENTS[spoken], strict=True)
    )
    kinds = tuple(Choice(icon, name, icon=icon) for icon, name in zip(ICONS, KINDS[spoken], strict=True))
    stops = tuple(Stop(label, place) for label, place in STOPS[spoken])
    government, kind, service = GOVERNMENTS[spoken][6], KINDS[spoken][1], KINDS[spoken][6]
    confirm = ConfirmPage(step=4, centre=centre, service=service, government=government, icon="people", stops=stops)
    ticket = TicketPage(step=5, can_back=False, centre=centre, code="B042", ahead=6, stops=stops)
    many = tuple(Language(code, name) for code, name in ENDONYMS)
    return {
        "language": LanguagePage(
            centre=centre, can_back=False, can_restart=False, can_language=False, languages=LANGUAGES
        ),
        "language-no-paper": LanguagePage(centre=centre, languages=LANGUAGES, no_paper=True),
        "language-many": LanguagePage(centre=centre, languages=many),
        "identify": IdentifyPage(step=1, centre=centre),
        "identify-reading": IdentifyPage(step=1, centre=centre, reader="reading"),
        "identify-again": IdentifyPage(step=1, centre=centre, reader="again", no_paper=True),
        "identify-missing": IdentifyPage(step=1, centre=centre, reader="missing", no_paper=True),
        "government": GovernmentPage(step=2, centre=centre, choices=governments[:6]),
        "government-seven": GovernmentPage(step=2, centre=centre, choices=governments),
        "government-one": GovernmentPage(step=2, centre=centre, choices=governments[:1]),
        "kind": KindPage(step=3, centre=centre, government=government, choices=kinds[:6]),
        "kind-seven": KindPage(step=3, centre=centre, government=government, choices=kinds),
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
            step=5, can_back=False, centre=centre, code="B042", paper="none", ahead=1, stops=stops
        ),
        "ticket-cut": TicketPage(
            step=5, can_back=False, centre=centre, code="K0042", paper="cut", ahead=0, stops=stops
        ),
        "ticket-unsent": TicketPage(step=5, can_back=False, centre=centre, code="B042", paper="taken"),
        "help": HelpPage(centre=centre, sent="coming", kiosk="Kiosk 3", has_ticket=True),
        "help-sending": HelpPage(centre=centre, kiosk="Kiosk 3"),
        "help-told": HelpPage(centre=centre, sent="told", private=True, kiosk="Kiosk 3", has_ticket=True),
        "help-away": HelpPage(centre=centre, sent="away", kiosk="Kiosk 3", has_ticket=True),
        "display": DisplayPage(centre=centre, can_restart=False),
        "display-on": DisplayPage(centre=centre, large=True, contrast=True, lowered=True),
        "idle": IdlePage(step=3, centre=centre),
        "idle-last": IdlePage(step=3, centre=centre, left=1),
        "sorry": SorryPage(centre=centre, problem=FailureCode.NO_OFFER, can_back=False),
        "sorry-outbox": SorryPage(centre=centre, problem=FailureCode.OUTBOX),
        "sorry-codes": SorryPage(centre=centre, problem=FailureCode.CODES_USED_UP),
        "setup": SetupPage(entered="407", can_back=False, can_restart=False),
        "setup-full": SetupPage(entered="40718293", problem=FailureCode.ENROL_CODE),
        "setup-away": SetupPage(problem=FailureCode.ENROL_AWAY),
        "setup-limit": SetupPage(problem=FailureCode.ENROL_LIMIT),
        "setup-busy": SetupPage(entered="40718293", busy=True),
    }
