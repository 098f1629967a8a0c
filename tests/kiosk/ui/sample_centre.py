"""A centre as crowded as one can be, for the pages of a kiosk. Made-up governments, people and places."""

from dataclasses import dataclass

from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.notice import NoticeWords, ShownNotice
from kiosk.journey.order import Chosen
from kiosk.journey.page import Choice, Fee, JourneyStop, Language
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.ticket import TicketPage
from queue_server.domain.values import NoticeText

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
#: How long it takes: about as long as it is told, soon, not before closing, and roughly where nothing was learned yet.
RANGE, SOON, SHUT = ForeseenWait(110, 150, "14:20"), ForeseenWait(0, 4, "10:05"), ForeseenWait(shut=True)
ROUGH = ForeseenWait(10, 20)
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
#: As much as anything costs, in a currency of three digits and in one of none.
DEAR, YEN, CHEAP = Fee(9_999_999_999, "KWD", 3), Fee(123_456, "JPY", 0), Fee(8500, "EUR", 2)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCentre:
    """A centre in one language: what its pages have in common. ``spoken`` is that of what the catalogue says."""

    language: str
    spoken: str
    centre: str
    governments: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    stops: tuple[JourneyStop, ...]
    #: One of each, as long as they get.
    government: str
    kind: str
    service: str
    chosen: tuple[Chosen, Chosen, Chosen]
    #: Many languages, two others than this one, and notices in all of them, in this one, and typed in it.
    many: tuple[Language, ...]
    others: tuple[str, ...]
    everybody: tuple[NoticeWords, ...]
    announced: ShownNotice
    typed: ShownNotice
    confirm: ConfirmPage
    ticket: TicketPage

    @property
    def both(self) -> str:
        """Two services in one line."""
        return f"{self.chosen[0].service} + {self.chosen[1].service}"


def sample_centre(language: str) -> SampleCentre:
    """Its catalogue speaks English where ``language`` is none of its own."""
    spoken = language if language in CENTRE else "en"
    centre, kinds, government = CENTRE[spoken], KINDS[spoken], GOVERNMENTS[spoken][6]
    stops = tuple(JourneyStop(label, place) for label, place in STOPS[spoken])
    one, other, third = (Chosen(str(index), kinds[index], government, "record") for index in (6, 1, 3))
    return SampleCentre(
        language=language,
        spoken=spoken,
        centre=centre,
        governments=tuple(
            Choice(badge, name, badge=badge) for badge, name in zip(BADGES, GOVERNMENTS[spoken], strict=True)
        ),
        kinds=tuple(Choice(icon, name, icon=icon) for icon, name in zip(ICONS, kinds, strict=True)),
        stops=stops,
        government=government,
        kind=kinds[1],
        service=kinds[6],
        chosen=(one, other, third),
        many=tuple(Language(code, name) for code, name in ENDONYMS),
        others=tuple(one.code for one in LANGUAGES if one.code != language)[:2],
        everybody=tuple(NoticeWords(one.code) for one in LANGUAGES),
        announced=ShownNotice(NoticeText.SYSTEM_FAULT, (NoticeWords(language),)),
        typed=ShownNotice(NoticeText.OWN, (NoticeWords(language, TYPED[spoken]),)),
        confirm=ConfirmPage(step=4, centre=centre, service=kinds[6], government=government, icon="people", stops=stops),
        ticket=TicketPage(step=5, can_back=False, centre=centre, code="B042", ahead=6, stops=stops),
    )
