"""The picture from a chip beside the verdict on it, or why there is none: what to compare the person with."""

import msgspec
from markupsafe import Markup

from queue_server.contract.documents import DocumentReading, ReadingView, VerdictView
from queue_server.domain.values import VisitId, to_micros
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

_FACE, _BAD = "face", "bad"
#: Why staff are told of the picture what they are told: a standing in which somebody is known to have signed it.
_SIGNED = frozenset({"genuine", "unchanged"})


class FaceView(msgspec.Struct, frozen=True):
    """``url`` is "" where there is no picture; ``means`` says why, or what was checked of it; ``do`` is what to do.

    ``compare_url`` takes whether the person is the same as on ``document``, "" where there is nothing to compare;
    ``said`` is what was answered last, ``slot`` changes with it.
    """

    who: Markup
    url: str
    means: Markup
    do: Markup
    tone: str
    document: str = ""
    compare_url: str = ""
    said: Markup = Markup()
    slot: str = ""


def face(look: StaffView, answer: ReadingView, who: Markup, visit: VisitId) -> FaceView | None:
    """Say what there is to compare the person with, and what was said of it; None where no chip was read."""
    found = _face(look, answer, who)
    if found is None or found.tone == _BAD:
        return found
    return msgspec.structs.replace(
        found,
        document=answer.id,
        compare_url=f"/api/v1/centres/{look.state.centre}/visits/{visit}/reading/compared",
        said=_answered(look, answer),
        slot=f"compare:{answer.id}:{'' if answer.compared is None else answer.compared.at.isoformat()}",
    )


def _answered(look: StaffView, answer: ReadingView) -> Markup:
    """Say who compared the person last, when, and whether they were sure."""
    _, one = look.words, answer.compared
    if one is None:
        return Markup()
    time = look.clock.hhmm(to_micros(one.at))
    if one.same:
        return _("%(who)s, %(time)s: the same person.", who=one.by, time=time)
    return _("%(who)s, %(time)s: not sure. Look once more, or ask a supervisor.", who=one.by, time=time)


def _face(look: StaffView, answer: ReadingView, who: Markup) -> FaceView | None:
    _, read = look.words, answer.reading
    verdict = next((one for one in read.verdicts if one.check == _FACE), None)
    if verdict is None:
        return None
    printed = _("Compare the printed photo with the person.")
    if verdict.outcome == "failed":
        look_at = _("Look at the document closely, then ask a supervisor.")
        return FaceView(who, "", _("The picture in the chip is not what was signed. It is not shown."), look_at, _BAD)
    if answer.face is not None:
        means, tone = _standing_words(_, read.standing)
        if any(one.check == "revocation" and one.outcome == "not-checked" for one in read.verdicts):
            # As the line has no tick then: whoever signed it may have been taken back.
            tone = ""
        return FaceView(
            who,
            f"/counter/face/{answer.face}",
            means,
            _("Compare this picture and the printed one with the person."),
            tone,
        )
    return FaceView(who, "", _missing(_, verdict, read), printed, "")


def _standing_words(_: MarkupTranslations, standing: str) -> tuple[Markup, str]:
    """Say what was checked of a picture that is shown."""
    if standing in _SIGNED:
        return _("The picture is as the state signed it."), "good"
    if standing == "issuer-unknown":
        return _("Nobody here knows who signed this picture."), ""
    if standing == "refused":
        # Nothing else fails where a picture comes along.
        return _("The picture is as it was signed. The document has expired."), ""
    return _("The picture is as it was signed. Not all of the document could be checked."), ""


def _missing(_: MarkupTranslations, verdict: VerdictView, read: DocumentReading) -> Markup:
    """Say why there is no picture."""
    if verdict.reason == "no-face":
        return _("There is no face in the chip.")
    if verdict.outcome == "noted":
        return _("The picture in the chip cannot be shown here.")
    if verdict.outcome != "passed":
        return _("Face not read.")
    if read.face is not None:
        return _("The picture from the chip is gone.")
    if read.standing == "refused":
        return _("The picture in the chip is not shown, since a check of the document did not pass.")
    return _("The face in the chip is as it was signed. Its picture did not come along.")
