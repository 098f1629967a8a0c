"""The documents of the visit at the counter: what they came to in one line, and every verdict for the dialog."""

import msgspec
from babel.dates import format_date
from markupsafe import Markup

from queue_server.contract.documents import (
    CorrectionView,
    DocumentReading,
    ReadHereView,
    ReadingsAnswer,
    ReadingView,
    VerdictView,
)
from queue_server.contract.people import ApplicationView
from queue_server.domain.values import BandId, GovernmentId, to_micros
from queue_server.queue.state import Visit
from queue_server.web import seal_words, wording
from queue_server.web.counter import document_words
from queue_server.web.counter.faces import FaceView, face
from queue_server.web.counter.page import Option
from queue_server.web.view_context import StaffView

#: Pictures of outcomes and of what all of them come to; whatever is not listed is to be looked at.
_OUTCOME_ICONS = {"passed": "okc", "noted": "okc", "unsupported": "dash", "not-checked": "help"}
_GOOD, _BAD = "good", "bad"
_NO_BOOKING = "no-booking"
#: What a document comes to whose signature holds.
_SIGNED = frozenset({"genuine", "face-unread", "unchanged"})


class VerdictRow(msgspec.Struct, frozen=True):
    """``tone`` is ``good``, ``bad`` or neither; ``about`` names the application where it is about one."""

    check: Markup
    about: str
    outcome: Markup
    means: Markup
    do: Markup
    icon: str
    tone: str


class Document(msgspec.Struct, frozen=True):
    """The document of one person, ``who`` of a party; ``facts`` are name and value.

    ``ready`` are the applications that wait for the holder of this document; ``url`` is where one is named.
    """

    was_read: bool
    who: Markup
    line: Markup
    do: Markup
    icon: str
    tone: str
    facts: tuple[tuple[Markup, str], ...]
    verdicts: tuple[VerdictRow, ...]
    ready: tuple[Option, ...]
    url: str
    #: Older than was said of them: it may be another fee.
    older: bool
    #: A character of the number may be wrong: it is put right before all else.
    doubtful: bool
    #: Where the number is put right, "" where the chip says it too; the document that is meant, and its number.
    correct_url: str
    id: str
    number: str
    face: FaceView | None = None


class Documents(msgspec.Struct, frozen=True):
    """``line`` stands on the page, ``each`` person in the dialog; ``first`` is the place of whom to look at first."""

    was_read: bool
    code: str
    line: Markup
    icon: str
    tone: str
    each: tuple[Document, ...]
    first: int


def documents(look: StaffView, visit: Visit, answer: ReadingsAnswer) -> Documents:
    each = _each(look, visit, answer)
    if len(each) == 1:
        (one,) = each
        return Documents(one.was_read, visit.code, one.line, one.icon, one.tone, each, 0)
    bad = sum(one.tone == _BAD for one in each)
    good = all(one.tone == _GOOD for one in each)
    return Documents(
        was_read=True,
        code=visit.code,
        line=_summary(look, each, bad),
        icon="alert" if bad else "okc" if good else "doc",
        tone=_BAD if bad else _GOOD if good else "",
        each=each,
        first=min(range(len(each)), key=lambda place: _rank(each[place])),
    )


def _rank(one: Document) -> tuple[bool, bool, bool]:
    """Order documents by what somebody looks for: what did not pass, what is ready, what was read."""
    return one.tone != _BAD, not (one.ready or one.older), not one.was_read


def _summary(look: StaffView, each: tuple[Document, ...], bad: int) -> Markup:
    _, ready = look.words, sum(len(one.ready) for one in each)
    line = _(
        "Documents read: %(count)s of %(people)s", count=sum(one.was_read for one in each), people=len(each)
    )  # fmt: skip
    if bad:
        more = _.ngettext("%(count)s to look at", "%(count)s to look at", bad)
    elif older := sum(one.older for one in each):
        more = _.ngettext("%(count)s is older than was said", "%(count)s are older than was said", older)
    elif ready:
        more = _ready(look, ready)
    else:
        return line
    return _("%(document)s, %(more)s", document=line, more=more)


def _each(look: StaffView, visit: Visit, answer: ReadingsAnswer) -> tuple[Document, ...]:
    """List the people of a party in their order, with their documents; nobody where no document was read at all."""
    found = answer.documents
    party = [one.band for one in visit.people for _ in range(one.count)] or [BandId("")] * visit.party_size
    if not found:
        return (_unread(look, Markup()),)
    if len(found) == len(party) == 1:
        return (document(look, visit, found[0], Markup()),)
    slots: list[ReadingView | None] = [None] * len(party)
    # Each stands at one of its age. A party may have become another one at the counter: nobody's is left out.
    for one in sorted(found, key=lambda one: one.reading.band not in party):
        ages = (place for place, band in enumerate(party) if slots[place] is None and band == one.reading.band)
        free = (place for place in range(len(party)) if slots[place] is None)
        place = next(ages, next(free, None))
        if place is None:
            slots.append(one)
        else:
            slots[place] = one
    listed = ((_named(look, party, place, one), one) for place, one in enumerate(slots))
    return tuple(_unread(look, who) if one is None else document(look, visit, one, who) for who, one in listed)


def _named(look: StaffView, party: list[BandId], place: int, one: ReadingView | None) -> Markup:
    """Name whose document it is; a seal that somebody of the party has shown besides, by its kind."""
    if one is not None and one.reading.seal and place >= len(party):
        return Markup.escape(seal_words.kind(look.words, one.reading.seal))
    return _who(look, party, place)


def people(look: StaffView, visit: Visit) -> tuple[Markup, ...]:
    """Name the people of a party in their order, as the dialog does."""
    party = [one.band for one in visit.people for _ in range(one.count)] or [BandId("")] * visit.party_size
    return tuple(
        look.words("%(who)s, %(number)s of %(count)s", who=_who(look, party, place), number=place + 1, count=len(party))
        if not visit.people
        else _who(look, party, place)
        for place in range(len(party))
    )


def _who(look: StaffView, party: list[BandId], place: int) -> Markup:
    """Name one of a party by age, and by number where there are several of it."""
    _ = look.words
    if place >= len(party):
        return _("Person")
    band = party[place]
    known = next((one for one in look.known.catalogue.bands if one.id == band), None)
    name = _("Person") if known is None else Markup.escape(look.name(known.name, band))
    count = party.count(band)
    if count == 1:
        return name
    return _("%(who)s, %(number)s of %(count)s", who=name, number=party[: place + 1].count(band), count=count)


def _unread(look: StaffView, who: Markup) -> Document:
    told = document_words.standing(look.words, document_words.NOT_READ)
    return Document(
        was_read=False,
        who=who,
        line=told.means,
        do=told.do,
        icon="doc",
        tone="",
        facts=(),
        verdicts=(),
        ready=(),
        url="",
        older=False,
        doubtful=False,
        correct_url="",
        id="",
        number="",
    )


def document(look: StaffView, visit: Visit, answer: ReadingView, who: Markup) -> Document:
    """Show what was read of one document, or of a seal."""
    _, read = look.words, answer.reading
    code = _standing(read)
    told = document_words.Advice(*seal_words.standing(_, code)) if read.seal else document_words.standing(_, code)
    # Whoever had the signature taken back would look like this too: no tick.
    good = answer.standing == "genuine" and not _revocation_unchecked(read)
    bad = answer.standing == "refused"
    line = told.means
    unrevoked, do = _revocation(look, answer), told.do
    if unrevoked is not None and not read.seal:
        do = document_words.outdated(_)
    for more in (unrevoked, _more(look, answer)):
        line = line if more is None else _("%(document)s, %(more)s", document=line, more=more)
    return Document(
        was_read=True,
        who=who,
        line=line,
        do=do,
        icon="okc" if good else "alert" if bad else "doc",
        tone=_GOOD if good else _BAD if bad else "",
        facts=_facts(look, read, answer),
        verdicts=_verdicts(look, read, answer),
        ready=tuple(_option(look, one, first=index == 0) for index, one in enumerate(answer.ready)),
        url=f"/api/v1/centres/{look.state.centre}/visits/{visit.id}/applications",
        older=_older(read),
        doubtful=code == document_words.DOUBTFUL,
        correct_url=f"/api/v1/centres/{look.state.centre}/visits/{visit.id}/reading/correct"
        if _correctable(read)
        else "",
        id=answer.id,
        number=read.number,
        face=face(look, answer, who, visit.id),
    )


def _revocation_unchecked(read: DocumentReading) -> bool:
    return any(one.check == "revocation" and one.outcome == "not-checked" for one in read.verdicts)


def _revocation(look: StaffView, answer: ReadingView) -> Markup | None:
    """Say that nobody knows here whether the signature was taken back, where else all is well."""
    sound = answer.standing in _SIGNED and answer.reading.standing in _SIGNED
    return look.words("signatures taken back: not checked") if sound and _revocation_unchecked(answer.reading) else None


def _standing(read: DocumentReading) -> str:
    """Say what it came to as staff are told: the last day by itself, and what was not read by what was."""
    failed = {one.check for one in read.verdicts if one.outcome == "failed"}
    reasons = {one.reason for one in read.verdicts}
    printed_alone = not read.seal and not any(one.check == "content" for one in read.verdicts)
    if failed == {"expiry"}:
        return document_words.PRINTED_EXPIRED if printed_alone else document_words.EXPIRED
    if read.standing != "unproved" or not printed_alone:
        return read.standing
    known = (document_words.RESERVED, document_words.DOUBTFUL, document_words.UNREAD)
    return next((one for one in known if one in reasons), document_words.PRINTED)


def _more(look: StaffView, answer: ReadingView) -> Markup | None:
    """Say what the line says beside the document itself."""
    _, outcomes = look.words, {one.verdict.outcome for one in answer.holders}
    if "failed" in outcomes:
        return _("not the one that the application knows")
    if answer.standing == "refused":
        # What is wrong with it comes first, and is said in the dialog.
        return None
    if _older(answer.reading):
        return _("older than was said")
    if "passed" in outcomes:
        return _("the one that the application knows")
    if "noted" in outcomes:
        return _("the number that the application knows")
    return _ready(look, len(answer.ready)) if answer.ready else None


def _older(read: DocumentReading) -> bool:
    return any(one.reason == document_words.OLDER for one in read.verdicts)


def _ready(look: StaffView, count: int) -> Markup:
    return look.words.ngettext(
        "%(count)s application is ready for its holder", "%(count)s applications are ready for its holder", count
    )


def _correctable(read: DocumentReading) -> bool:
    """Tell whether staff may put a character of the number right: not where the chip has said it too."""
    return bool(read.number) and not any(one.check == "printed" and one.outcome == "passed" for one in read.verdicts)


def _facts(look: StaffView, read: DocumentReading, answer: ReadingView) -> tuple[tuple[Markup, str], ...]:
    _ = look.words
    expires = "" if read.expires is None else format_date(read.expires, "d MMM y", locale=look.clock.locale)
    facts = (
        (_("Kind"), seal_words.kind(_, read.seal) if read.seal else document_words.kind(_, read.kind)),
        (_("Issued by"), look.government_name(GovernmentId(read.issuer))),
        (_("Number"), read.number),
        (_("Last day"), expires),
        (_("Number put right by"), _by(look, answer.corrected)),
        (_("Read here by"), _by(look, answer.read_here)),
    )
    return tuple((name, value) for name, value in facts if value)


def _by(look: StaffView, one: CorrectionView | ReadHereView | None) -> str:
    return "" if one is None else look.words(", ").join((one.by, look.clock.hhmm(to_micros(one.at))))


def _verdicts(look: StaffView, read: DocumentReading, answer: ReadingView) -> tuple[VerdictRow, ...]:
    """List all verdicts, the worst first, else as they were made; those that say the same stand together."""
    found = [
        *(
            (one.verdict, one.application.reference if one.application is not None else "")
            for one in answer.holders
        ),
        # Paper has no chip to be a copy of, and nobody expects one.
        *((one, "") for one in read.verdicts if not (read.seal and one.reason == "paper")),
    ]  # fmt: skip
    order = {outcome: place for place, outcome in enumerate(document_words.OUTCOMES)}
    found.sort(key=lambda one: order[_place(one[0])])
    return _together(look, [_verdict(look, one, about, seal=bool(read.seal)) for one, about in found])


def _place(verdict: VerdictView) -> str:
    """Give the outcome by which a verdict is sorted: that no application is named says nothing of a document."""
    if verdict.reason == _NO_BOOKING:
        return "unsupported"
    return verdict.outcome if verdict.outcome in document_words.OUTCOMES else "not-checked"


def _together(look: StaffView, verdicts: list[VerdictRow]) -> tuple[VerdictRow, ...]:
    """Say once what is true of several checks: without a signature none that stands on it was made."""
    said: dict[tuple[Markup, Markup, Markup, str], VerdictRow] = {}
    for one in verdicts:
        same = (one.outcome, one.means, one.do, one.about)
        before = said.get(same)
        names = one.check if before is None else look.words(", ").join((before.check, one.check))
        said[same] = msgspec.structs.replace(one, check=names)
    return tuple(said.values())


def _verdict(look: StaffView, verdict: VerdictView, about: str, *, seal: bool) -> VerdictRow:
    _ = look.words
    told, check = document_words.advice(_, verdict), document_words.check(_, verdict.check)
    if seal:
        passed = verdict.outcome == "passed"
        means = seal_words.passed(_, verdict.check) if passed else seal_words.reason(_, verdict.reason)
        told = document_words.Advice(means or told.means, told.do)
        check = seal_words.check(_, verdict.check) or check
    return VerdictRow(
        check=check,
        about=about,
        outcome=document_words.outcome(look.words, verdict.outcome),
        means=told.means,
        do=told.do,
        icon=_OUTCOME_ICONS.get(verdict.outcome, "alert" if verdict.outcome == "failed" else "help"),
        tone={"passed": _GOOD, "failed": _BAD}.get(verdict.outcome, ""),
    )


def _option(look: StaffView, one: ApplicationView, *, first: bool) -> Option:
    name = Markup('<bdi dir="ltr">{}</bdi>').format(one.reference)
    state = wording.application_state(look.words, one.state)
    text = look.words(", ").join((name, look.service_name(one.service), state))
    return Option(one.reference, text, chosen=first)
