"""The document of the visit at the counter: what it came to in one line, and every verdict for the dialog."""

import msgspec
from babel.dates import format_date
from markupsafe import Markup

from queue_server.contract.documents import NOT_READ, DocumentReading, ReadingAnswer, VerdictView
from queue_server.contract.people import ApplicationView
from queue_server.queue.state import Visit
from queue_server.values import GovernmentId, to_micros
from queue_server.web import wording
from queue_server.web.counter import document_words
from queue_server.web.counter.page import Option
from queue_server.web.look import Look

#: Pictures of outcomes and of what all of them come to; whatever is not listed is to be looked at.
_OUTCOME_ICONS = {"passed": "okc", "noted": "okc", "unsupported": "dash", "not-checked": "help"}
_GOOD, _BAD = "good", "bad"


class Verdict(msgspec.Struct, frozen=True):
    """``tone`` is ``good``, ``bad`` or neither; ``about`` names the application where it is about one."""

    check: Markup
    about: str
    outcome: Markup
    means: Markup
    do: Markup
    icon: str
    tone: str


class Document(msgspec.Struct, frozen=True):
    """``line`` stands on the page, the rest in the dialog; ``facts`` are name and value.

    ``ready`` are the applications that wait for the holder of this document; ``url`` is where one is named.
    """

    was_read: bool
    code: str
    line: Markup
    do: Markup
    icon: str
    tone: str
    facts: tuple[tuple[Markup, str], ...]
    verdicts: tuple[Verdict, ...]
    ready: tuple[Option, ...]
    url: str
    #: Where the number is put right, "" where the chip says it too; and the number.
    mend_url: str
    number: str


def document(look: Look, visit: Visit, answer: ReadingAnswer) -> Document:
    _, read = look.words, answer.reading
    told = document_words.standing(_, _standing(read))
    verdicts = () if read is None else _verdicts(look, read, answer)
    good = read is not None and answer.standing == "genuine"
    bad = answer.standing == "refused"
    more = _more(look, answer)
    return Document(
        was_read=read is not None,
        code=visit.code,
        line=told.means if more is None else _("%(document)s, %(more)s", document=told.means, more=more),
        do=told.do,
        icon="okc" if good else "alert" if bad else "doc",
        tone=_GOOD if good else _BAD if bad else "",
        facts=() if read is None else _facts(look, read, answer),
        verdicts=verdicts,
        ready=tuple(_option(look, one, first=index == 0) for index, one in enumerate(answer.ready)),
        url=f"/api/v1/centres/{look.state.centre}/visits/{visit.id}/applications",
        mend_url=f"/api/v1/centres/{look.state.centre}/visits/{visit.id}/reading/mend" if _mendable(read) else "",
        number="" if read is None else read.number,
    )


def _standing(read: DocumentReading | None) -> str:
    if read is None:
        return NOT_READ
    failed = {one.check for one in read.verdicts if one.outcome == "failed"}
    reserved = any(one.reason == document_words.RESERVED for one in read.verdicts)
    if failed <= {"expiry"} and reserved:
        return document_words.RESERVED
    return document_words.EXPIRED if failed == {"expiry"} else read.standing


def _more(look: Look, answer: ReadingAnswer) -> Markup | None:
    """Say what the line says beside the document itself."""
    _, outcomes = look.words, {one.verdict.outcome for one in answer.holders}
    if "failed" in outcomes:
        return _("not the one that the application knows")
    if answer.standing == "refused":
        # What is wrong with it comes first, and is said in the dialog.
        return None
    if "passed" in outcomes:
        return _("the one that the application knows")
    if answer.ready:
        return _.ngettext(
            "%(count)s application is ready for its holder", "%(count)s applications are ready for its holder",
            len(answer.ready),
        )  # fmt: skip
    return None


def _mendable(read: DocumentReading | None) -> bool:
    """Tell whether staff may put a character of the number right: not where the chip has said it too."""
    if read is None or not read.number:
        return False
    return not any(one.check == "printed" and one.outcome == "passed" for one in read.verdicts)


def _facts(look: Look, read: DocumentReading, answer: ReadingAnswer) -> tuple[tuple[Markup, str], ...]:
    _ = look.words
    expires = "" if read.expires is None else format_date(read.expires, "d MMM y", locale=look.clock.locale)
    facts = (
        (_("Kind"), document_words.kind(_, read.kind)),
        (_("Issued by"), look.government_name(GovernmentId(read.issuer))),
        (_("Number"), read.number),
        (_("Last day"), expires),
        (_("Number put right by"), _mended(look, answer)),
    )
    return tuple((name, value) for name, value in facts if value)


def _mended(look: Look, answer: ReadingAnswer) -> str:
    one = answer.mended
    return "" if one is None else look.words(", ").join((one.by, look.clock.hhmm(to_micros(one.at))))


def _verdicts(look: Look, read: DocumentReading, answer: ReadingAnswer) -> tuple[Verdict, ...]:
    """List all verdicts, the worst first, else as they were made."""
    found = [
        *(
            (one.verdict, one.application.reference if one.application is not None else "")
            for one in answer.holders
        ),
        *((one, "") for one in read.verdicts),
    ]  # fmt: skip
    order = {outcome: place for place, outcome in enumerate(document_words.OUTCOMES)}
    found.sort(key=lambda one: order.get(one[0].outcome, order["not-checked"]))
    return tuple(_verdict(look, one, about) for one, about in found)


def _verdict(look: Look, verdict: VerdictView, about: str) -> Verdict:
    told = document_words.told(look.words, verdict)
    return Verdict(
        check=document_words.check(look.words, verdict.check),
        about=about,
        outcome=document_words.outcome(look.words, verdict.outcome),
        means=told.means,
        do=told.do,
        icon=_OUTCOME_ICONS.get(verdict.outcome, "alert" if verdict.outcome == "failed" else "help"),
        tone={"passed": _GOOD, "failed": _BAD}.get(verdict.outcome, ""),
    )


def _option(look: Look, one: ApplicationView, *, first: bool) -> Option:
    name = Markup('<bdi dir="ltr">{}</bdi>').format(one.reference)
    state = wording.application_state(look.words, one.state)
    text = look.words(", ").join((name, look.service_name(one.service), state))
    return Option(one.reference, text, chosen=first)
