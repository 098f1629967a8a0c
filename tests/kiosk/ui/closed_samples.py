"""Pages at which nothing goes on, or where somebody needs help."""

from kiosk.journey.events import FailureCode
from kiosk.journey.idle import IdlePage
from kiosk.journey.notice import EmergencyNoticePage, NoticeWords, ShownNotice
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.display import DisplayPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.unavailable import UnavailablePage
from queue_server.domain.values import NoticeText
from tests.kiosk.ui.sample_centre import TYPED, SampleCentre


def closed(here: SampleCentre) -> dict[str, JourneyPage]:
    """Every page of a kiosk that does nothing, and of help."""
    centre = here.centre
    return {
        "closed-hours": ClosedPage(
            centre=centre,
            can_back=False,
            books=True,
            reason="closed",
            others=here.others,
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
            others=here.others,
            days=1,
            time="08:30",
            scanner=True,
            notice=ShownNotice(
                NoticeText.SYSTEM_FAULT, tuple(NoticeWords(code) for code in (here.language, *here.others))
            ),
        ),
        "closed-full": ClosedPage(
            centre=centre,
            can_back=False,
            books=True,
            reason="full",
            others=here.others,
            days=0,
            time="14:00",
            scanner=True,
            notice=here.typed,
        ),
        "closed-many": ClosedPage(
            centre=centre,
            can_back=False,
            books=True,
            reason="last-ticket",
            others=tuple(one.code for one in here.many if one.code != here.language)[:14],
            days=1,
            time="08:30",
            scanner=True,
            notice=ShownNotice(NoticeText.DELAY, tuple(NoticeWords(one.code) for one in here.many[:15])),
        ),
        "closed-typed": ClosedPage(
            centre=centre,
            can_back=False,
            books=True,
            reason="full",
            others=here.others,
            scanner=True,
            notice=ShownNotice(
                NoticeText.OWN, tuple(NoticeWords(code, TYPED.get(code, "")) for code in (here.language, *here.others))
            ),
        ),
        "closed-unknown": ClosedPage(centre=centre, can_back=False, reason="closed", others=here.others),
        "closed-out": ClosedPage(
            centre=centre, can_back=False, reason="out-of-order", others=here.others, scanner=True
        ),
        "closed-copied": ClosedPage(
            centre=centre, can_back=False, reason="copied", sign="7F3A", others=here.others, scanner=True
        ),
        "emergency": EmergencyNoticePage(notice=ShownNotice(NoticeText.LEAVE_BUILDING, here.everybody), code="K0042"),
        "emergency-stay": EmergencyNoticePage(notice=ShownNotice(NoticeText.STAY_INSIDE, here.everybody)),
        "emergency-typed": EmergencyNoticePage(
            notice=ShownNotice(NoticeText.OWN, tuple(NoticeWords(code, TYPED[code]) for code in TYPED)), code="B042"
        ),
        "emergency-many": EmergencyNoticePage(
            notice=ShownNotice(
                NoticeText.LEAVE_BUILDING, tuple(NoticeWords(code) for code in (*TYPED, *TYPED, *TYPED))
            ),
            code="B042",
        ),
        "help": HelpPage(centre=centre, sent="coming", minutes=1, kiosk="Kiosk 3", has_ticket=True),
        "help-late": HelpPage(centre=centre, sent="told", minutes=11, late=True, kiosk="Kiosk 3", has_ticket=True),
        "help-sending": HelpPage(centre=centre, kiosk="Kiosk 3"),
        "help-told": HelpPage(centre=centre, sent="told", private=True, kiosk="Kiosk 3", has_ticket=True),
        "help-away": HelpPage(centre=centre, sent="away", kiosk="Kiosk 3", has_ticket=True),
        "display": DisplayPage(centre=centre, can_restart=False),
        "display-on": DisplayPage(centre=centre, large=True, contrast=True, lowered=True),
        "idle": IdlePage(step=3, centre=centre),
        "idle-last": IdlePage(step=3, centre=centre, left=1),
        "unavailable": UnavailablePage(centre=centre, problem=FailureCode.NO_OFFER, can_back=False, others=here.others),
        "unavailable-many": UnavailablePage(
            centre=centre,
            problem=FailureCode.NO_OFFER,
            can_back=False,
            others=tuple(one.code for one in here.many if one.code != here.language)[:14],
        ),
        "unavailable-outbox": UnavailablePage(centre=centre, problem=FailureCode.OUTBOX),
        "unavailable-codes": UnavailablePage(centre=centre, problem=FailureCode.CODES_USED_UP),
    }
