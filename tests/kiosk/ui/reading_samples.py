"""What people read: pages of information, and what to bring."""

from typing import Literal

from kiosk.journey.bringing import BringChoice
from kiosk.journey.information import TopicLine
from kiosk.journey.page import Choice, JourneyPage
from kiosk.journey.steps.bring import BringPage
from kiosk.journey.steps.topic import TopicPage
from kiosk.journey.steps.topics import TopicsPage
from tests.kiosk.ui.sample_centre import DEAR

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
