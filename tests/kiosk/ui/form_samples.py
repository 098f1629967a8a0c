"""The pages of somebody who fills in a form, with models as crowded as a centre can make them."""

from typing import Any, Literal, get_args

from msgspec.structs import replace

from kiosk.journey.form_state import FormStanding, FormstatePage
from kiosk.journey.keyboard import Board, first_layer
from kiosk.journey.page import Choice, JourneyPage, Side
from kiosk.journey.steps.consent import ConsentPage, purpose_lines
from kiosk.journey.steps.form_answers import AnswerRow, AnswersPage
from kiosk.journey.steps.form_code import FormcodePage
from kiosk.journey.steps.form_done import FormdonePage
from kiosk.journey.steps.form_keep import KeepPage
from kiosk.journey.steps.form_list import FormlistPage
from kiosk.journey.steps.form_pin import FormpinPage
from kiosk.journey.steps.new_form_pin import NewpinPage
from kiosk.journey.steps.prefill import PrefillPage
from kiosk.journey.steps.question import FieldPage
from kiosk.journey.steps.ticket_code import CodePage
from queue_server.domain.values import CODE_LETTERS
from tests.kiosk.ui.sample_centre import SampleCentre

#: A form, a question that is long, one that is short, and choices.
WORDS = {
    "en": (
        "Application for a replacement passport",
        "In which town or village did you see your passport for the last time?",
        "What is your surname?",
        ("Married", "In a registered partnership", "Single", "Widowed", "Divorced", "I would rather not say", "Other"),
        "As it stands in your passport.",
    ),
    "fr": (
        "Demande de passeport de remplacement",
        "Dans quelle ville ou quel village avez-vous vu votre passeport pour la dernière fois ?",
        "Quel est votre nom de famille ?",
        ("Marié", "Partenariat enregistré", "Célibataire", "Veuf", "Divorcé", "Je préfère ne pas le dire", "Autre"),
        "Comme dans votre passeport.",
    ),
    "ar": (
        "طلب جواز سفر بديل",
        "في أي مدينة أو قرية رأيت جواز سفرك آخر مرة؟",
        "ما اسم عائلتك؟",
        ("متزوج", "شراكة مسجلة", "أعزب", "أرمل", "مطلق", "أفضل عدم الإجابة", "غير ذلك"),
        "كما هو مكتوب في جواز سفرك.",
    ),
}
PURPOSE = {
    "en": "Staff of your government read your answers, so that your passport can be made. They compare them with what "
    "they know of you. They are kept for thirty days, and wiped then. You can have them wiped before: tell "
    "staff, or do it yourself with your code and your PIN. Nobody else reads them: no other government, and not the "
    "police of this country.",
    "fr": "Le personnel de votre gouvernement lit vos réponses pour établir votre passeport. Il les compare à ce qu'il "
    "sait de vous. Elles sont gardées trente jours, puis effacées. Vous pouvez les faire effacer avant : dites-le au "
    "personnel, ou faites-le avec votre code et votre PIN. Personne d'autre ne les lit.",
    "ar": "يقرأ موظفو حكومتك إجاباتك لإصدار جواز سفرك ويقارنونها بما يعرفونه عنك. تُحفظ ثلاثين يومًا ثم تُمحى. يمكنك طلب "
    "محوها قبل ذلك من الموظفين أو بنفسك بالرمز والرقم السري. لا يقرؤها أحد غيرهم: لا حكومة أخرى ولا شرطة هذا البلد.",
}
TYPED = {
    "en": "Near the old harbour, behind the ",
    "fr": "Près du vieux port, derrière la ",
    "ar": "قرب الميناء القديم خلف ",
}
PAPERS: tuple[Literal["printing", "taken", "none"], ...] = ("printing", "taken", "none")
READERS: tuple[tuple[Literal["ready", "reading", "again", "missing"], Side], ...] = (
    ("ready", "below"),
    ("reading", "left"),
    ("again", "right"),
    ("missing", "below"),
)
DAYS, MONTHS = tuple(range(1, 32)), tuple(range(1, 13))


def forms(here: SampleCentre) -> dict[str, JourneyPage]:
    """Every page of somebody who fills in a form."""
    spoken, centre = here.spoken, here.centre
    name, long, short, options, help_ = WORDS[spoken]
    on: dict[str, Any] = {"steps": 4, "centre": centre}
    ask: dict[str, Any] = {**on, "step": 2, "title": long, "help": help_, "nth": 3, "of": 12}
    lines = purpose_lines(PURPOSE[spoken], large=True)
    choices = tuple(Choice(str(at), one, "record") for at, one in enumerate((name, short)))
    picked = tuple(Choice(str(at), one) for at, one in enumerate(options))
    layer = first_layer(spoken)
    rows = (
        AnswerRow("a", long, "text", TYPED[spoken] * 3),
        AnswerRow("b", short, "date", "1984-02-29"),
        AnswerRow("c", short, "yes-no", "no"),
        AnswerRow("d", long, "choice", options[5]),
        AnswerRow("e", long, "text", missing=True),
        AnswerRow("f", short, "number"),
    )
    boards: tuple[Board, ...] = ("email", "document", "telephone", "digits")
    standings: tuple[FormStanding, ...] = get_args(FormStanding.__value__)
    date = {**ask, "kind": "date", "title": short, "year": 1984, "month": 2}
    done = FormdonePage(step=4, number="B042", until="2026-12-28", can_back=False, **on)
    return {
        "ticket-form": replace(here.ticket, paper="taken", form=True, stops=here.stops[:3]),
        "ticket-form-none": replace(here.ticket, paper="none", form=True, stops=here.stops[:3]),
        "ticket-filled": replace(here.ticket, paper="taken", filled=True, stops=here.stops[:3]),
        "code-forms": CodePage(centre=centre, letters=tuple(CODE_LETTERS), forms=True),
        "formlist": FormlistPage(step=1, forms=choices, **on),
        "formlist-one": FormlistPage(step=1, forms=choices[:1], **on),
        "formlist-away": FormlistPage(step=1, away=True, **on),
        "formcode": FormcodePage(step=1, entered="HS4K7KM", **on),
        "formcode-full": FormcodePage(step=1, entered="HS4K7KM2QR", **on),
        "formpin": FormpinPage(step=1, entered="\N{BULLET}" * 6, ready=True, **on),
        "newpin": NewpinPage(step=4, **on),
        "newpin-again": NewpinPage(step=4, again=True, entered="\N{BULLET}" * 7, ready=True, **on),
        "newpin-weak": NewpinPage(step=4, problem="weak", **on),
        "newpin-differs": NewpinPage(step=4, problem="differs", **on),
        "consent": ConsentPage(step=1, name=name, lines=lines, required=True, nth=1, of=2, **on),
        "consent-more": ConsentPage(step=1, name=name, lines=lines[:1], nth=2, of=2, **on),
        "consent-long": ConsentPage(step=1, name=name, lines=lines * 3, required=True, **on),
        "prefill": PrefillPage(step=2, questions=(short, long, short, short, short, short, long), **on),
        "prefill-few": PrefillPage(step=2, questions=(short, long), **on),
        **{
            f"prefill-{reader}": PrefillPage(step=2, questions=(short,), reader=reader, side=side, **on)
            for reader, side in READERS
        },
        "question": FieldPage(layer=layer, **ask),
        "question-typed": FieldPage(layer=layer, entered=TYPED[spoken] * 5, ready=True, **ask),
        "question-open": FieldPage(layer=layer, required=False, changing=True, **ask),
        "question-refused": FieldPage(layer=layer, entered=TYPED[spoken], ready=True, problem="refused", **ask),
        **{f"question-{one}": FieldPage(board=one, entered="42", ready=True, **ask) for one in boards},
        "question-email-wrong": FieldPage(board="email", entered="a@b", ready=True, problem="email", **ask),
        "question-range": FieldPage(
            kind="number", board="digits", entered="999", ready=True, minimum=0, maximum=20, problem="range", **ask
        ),
        "question-choice": FieldPage(kind="choice", options=picked[:5], chosen="3", **ask),
        "question-choices": FieldPage(kind="choice", options=picked, required=False, **ask),
        "question-find": FieldPage(
            kind="choice", part="find", layer=layer, entered=TYPED[spoken][:3], found=12, ready=True, **ask
        ),
        "question-find-first": FieldPage(kind="choice", part="find", layer=layer, found=260, required=False, **ask),
        "question-find-none": FieldPage(kind="choice", part="find", layer=layer, entered="x", **ask),
        "question-list": FieldPage(kind="choice", part="list", options=picked * 2, chosen=options[0], **ask),
        "question-yes-no": FieldPage(kind="yes-no", chosen="no", **ask),
        "question-yes-no-open": FieldPage(kind="yes-no", required=False, **ask),
        "question-year": FieldPage(part="year", board="digits", entered="19", **date | {"year": 0, "month": 0}),
        "question-year-wrong": FieldPage(
            part="year", board="digits", entered="1884", ready=True, problem="year", **date | {"year": 0, "month": 0}
        ),
        "question-month": FieldPage(part="month", months=MONTHS, chosen="1984-02-29", **date),
        "question-month-few": FieldPage(part="month", months=MONTHS[:2], required=False, **date),
        "question-day": FieldPage(part="day", days=DAYS, **date),
        "question-day-open": FieldPage(part="day", days=DAYS, required=False, **date),
        "answers": AnswersPage(step=3, name=name, rows=rows, **on),
        "answers-further": AnswersPage(step=3, name=name, rows=rows, first=3, **on),
        "answers-last": AnswersPage(step=3, name=name, rows=rows[1:2], ready=True, **on),
        "answers-missing": AnswersPage(step=3, name=name, rows=rows[4:5], **on),
        "answers-open": AnswersPage(step=3, name=name, rows=rows[5:], ready=True, **on),
        "keep": KeepPage(step=4, **on),
        **{
            f"formstate-{one}": FormstatePage(step=4, found=one, saving=True, wait_min=15, ticket=True, **on)
            for one in standings
        },
        "formstate-opening": FormstatePage(step=1, **on),
        "formstate-opening-away": FormstatePage(step=1, found="away", **on),
        "formdone": done,
        **{f"formdone-{paper}": replace(done, code="HS4K7 KM2QR", paper=paper) for paper in PAPERS},
        "formdone-more": replace(done, more=True, code="HS4K7 KM2QR", paper="taken"),
        "formdone-home": replace(done, number="", code="HS4K7 KM2QR", paper="taken"),
    }
