"""What people see until a ticket is asked for: language, document, government, service, party."""

from collections.abc import Sequence
from itertools import cycle
from typing import Literal

import msgspec

from kiosk.journey.booking_ahead import TimeChoice
from kiosk.journey.notice import NoticeWords, ShownNotice
from kiosk.journey.order import AgeBandCount
from kiosk.journey.page import Choice, Fee, JourneyPage, OwedFee
from kiosk.journey.steps.before_closing import ClosingPage
from kiosk.journey.steps.closed_service import ClosedServicePage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.more import MorePage
from kiosk.journey.steps.party import PartyPage
from kiosk.journey.steps.priority_request import PriorityPage
from kiosk.journey.steps.service import ServicePage
from kiosk.journey.steps.start_over import RestartPage
from queue_server.domain.values import NoticeText
from tests.kiosk.ui.sample_centre import (
    CHEAP,
    DEAR,
    GOVERNMENTS,
    KINDS,
    LANGUAGES,
    RANGE,
    ROUGH,
    SHUT,
    SOON,
    TYPED,
    YEN,
    SampleCentre,
)

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
READERS: tuple[Literal["reading", "again", "read"], ...] = ("reading", "again", "read")


def waiting(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Say how long each takes; of one nobody knows."""
    return tuple(
        msgspec.structs.replace(one, wait=wait) for one, wait in zip(choices, cycle((RANGE, SHUT, SOON, None)))
    )


def shut(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Close every second one for today; of the others it is known how long they take."""
    return tuple(
        msgspec.structs.replace(one, closed=closed, wait=None if closed else RANGE)
        for one, closed in zip(choices, cycle((True, False)))
    )


def families(spoken: str) -> tuple[AgeBandCount, ...]:
    """Give a party by age, and what each of them pays."""
    return tuple(
        AgeBandCount(ident, name, first, last, count, fee, free)
        for (ident, first, last, count, fee, free), name in zip(BANDS, BAND_NAMES[spoken], strict=True)
    )


def choosing(here: SampleCentre) -> dict[str, JourneyPage]:
    """Every page up to the question whether all is right."""
    centre = here.centre
    one_service, other, third = here.chosen
    family = families(here.spoken)
    nobody = tuple(msgspec.structs.replace(band, count=0) for band in family)
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
        "language-many": LanguagePage(centre=centre, languages=here.many, reader="ready", scanner=True),
        "language-many-announced": LanguagePage(
            centre=centre,
            languages=here.many,
            reader="read",
            suggested="ar",
            scanner=True,
            no_paper=True,
            notice=ShownNotice(NoticeText.DELAY, tuple(NoticeWords(one.code) for one in here.many)),
        ),
        "identify": IdentifyPage(step=1, centre=centre),
        "language-information": LanguagePage(
            centre=centre, can_back=False, can_restart=False, can_inform=True, languages=LANGUAGES, reader="ready"
        ),
        "identify-reading": IdentifyPage(step=1, centre=centre, reader="reading"),
        "identify-again": IdentifyPage(step=1, centre=centre, reader="again", no_paper=True),
        "identify-announced": IdentifyPage(step=1, centre=centre, chip=True, no_paper=True, notice=here.typed),
        "identify-missing": IdentifyPage(step=1, centre=centre, reader="missing", no_paper=True),
        "identify-none": IdentifyPage(step=1, centre=centre, reader="none", no_paper=True),
        "identify-chip": IdentifyPage(step=1, centre=centre, chip=True, no_paper=True),
        "government": GovernmentPage(step=2, centre=centre, choices=here.governments[:6]),
        "government-seven": GovernmentPage(step=2, centre=centre, choices=here.governments[1:6], more=True),
        "government-one": GovernmentPage(step=2, centre=centre, choices=here.governments[:1]),
        "kind": KindPage(step=3, centre=centre, government=here.government, choices=here.kinds[:6]),
        "kind-more": KindPage(step=3, centre=centre, government=here.government, choices=here.kinds[1:6], more=True),
        "kind-told": KindPage(
            step=3, centre=centre, government=here.government, choices=here.kinds[:4], more=True, told=True
        ),
        "service": ServicePage(step=3, centre=centre, kind=here.kind, choices=here.kinds[:3]),
        "service-waits": ServicePage(step=3, centre=centre, kind=here.kind, choices=waiting(here.kinds[:3])),
        "service-waits-six": ServicePage(step=3, centre=centre, kind=here.kind, choices=waiting(here.kinds[:6])),
        "kind-waits": KindPage(
            step=3, centre=centre, government=here.government, choices=waiting(here.kinds[:5]), more=True
        ),
        "closing": ClosingPage(
            step=3,
            centre=centre,
            closes="16:00",
            books=True,
            free=TimeChoice("2026-12-30T09:20", "2026-12-30", 9, "09:20"),
            costs=True,
        ),
        "closing-asking": ClosingPage(step=3, centre=centre, closes="16:00", books=True),
        "closing-no-booking": ClosingPage(step=3, centre=centre, costs=True),
        "service-closed": ServicePage(step=3, centre=centre, kind=here.kind, choices=shut(here.kinds[:3])),
        "service-closed-six": ServicePage(step=3, centre=centre, kind=here.kind, choices=shut(here.kinds[:6])),
        "closed-service": ClosedServicePage(
            step=3,
            centre=centre,
            service=here.service,
            books=True,
            free=TimeChoice("2026-12-30T09:20", "2026-12-30", 9, "09:20"),
        ),
        "closed-service-asking": ClosedServicePage(step=3, centre=centre, service=here.service, books=True),
        "closed-service-no-booking": ClosedServicePage(step=3, centre=centre, service=here.service),
        "confirm": here.confirm,
        "confirm-short": ConfirmPage(
            step=4,
            centre=centre,
            service=KINDS[here.spoken][0],
            government=GOVERNMENTS[here.spoken][0],
            icon="passport",
            stops=here.stops[:3],
        ),
        "confirm-no-paper": ConfirmPage(
            step=4, centre=centre, service=here.service, government=here.government, stops=here.stops, no_paper=True
        ),
        "confirm-working": ConfirmPage(
            step=4, centre=centre, can_back=False, service=here.service, government=here.government, icon="visa"
        ),
        "confirm-wait": msgspec.structs.replace(here.confirm, wait=RANGE),
        "confirm-wait-rough": msgspec.structs.replace(here.confirm, wait=ROUGH),
        "confirm-wait-no-paper": msgspec.structs.replace(here.confirm, no_paper=True, wait=RANGE),
        "confirm-soon": ConfirmPage(
            step=4,
            centre=centre,
            service=KINDS[here.spoken][0],
            government=GOVERNMENTS[here.spoken][0],
            icon="passport",
            stops=here.stops[:3],
            wait=SOON,
        ),
        "confirm-before-closing": msgspec.structs.replace(here.confirm, no_paper=True, wait=SHUT),
        "confirm-fee": msgspec.structs.replace(here.confirm, fee=True, owed=OwedFee((CHEAP,), here.stops[1].label)),
        "confirm-owed": msgspec.structs.replace(
            here.confirm, owed=OwedFee((CHEAP,), here.stops[1].label), wait=RANGE, people=4, services=2
        ),
        "confirm-owed-no-paper": msgspec.structs.replace(
            here.confirm, owed=OwedFee((CHEAP, YEN)), wait=RANGE, no_paper=True, people=4
        ),
        "identify-left": IdentifyPage(step=1, centre=centre, side="left"),
        "more": MorePage(step=3, centre=centre, chosen=(one_service,), can_add=True, party=True),
        "more-party": MorePage(
            step=3, centre=centre, chosen=(one_service, other), people=4, bands=family, party=True, can_add=True
        ),
        "more-full": MorePage(step=3, centre=centre, chosen=(one_service, other, third), people=8, party=True),
        "party": PartyPage(step=3, centre=centre, bands=family, people=4, most=8),
        "party-nobody": PartyPage(step=3, centre=centre, bands=nobody, people=0, most=8),
        "party-full": PartyPage(step=3, centre=centre, bands=family, people=4, most=4),
        "party-alone": PartyPage(
            step=3, centre=centre, bands=(AgeBandCount("anyone", count=1, fee=DEAR),), people=1, most=8
        ),
        "identify-booked": IdentifyPage(step=1, centre=centre, chip=True, collects=True, books=True),
        "identify-booked-missing": IdentifyPage(step=1, centre=centre, reader="missing", no_paper=True, books=True),
        "identify-booked-none": IdentifyPage(
            step=1, centre=centre, reader="none", no_paper=True, books=True, collects=True
        ),
        "identify-away": IdentifyPage(
            step=1, centre=centre, chip=True, books=True, collects=True, away=True, notice=here.announced
        ),
        "kind-booked": KindPage(
            step=3,
            centre=centre,
            government=here.government,
            choices=here.kinds[:2],
            more=True,
            collects=True,
            books=True,
        ),
        "kind-away": KindPage(
            step=3,
            centre=centre,
            government=here.government,
            choices=here.kinds[:3],
            more=True,
            collects=True,
            books=True,
            away=True,
        ),
        "identify-collect": IdentifyPage(step=1, centre=centre, chip=True, collects=True),
        "identify-collect-missing": IdentifyPage(
            step=1, centre=centre, reader="missing", no_paper=True, collects=True, notice=here.announced
        ),
        "kind-collect": KindPage(
            step=3,
            centre=centre,
            government=here.government,
            choices=here.kinds[:3],
            more=True,
            told=True,
            collects=True,
        ),
        "confirm-party": msgspec.structs.replace(
            here.confirm, service=here.both, services=2, people=4, stops=(*here.stops, *here.stops)[:5], fee=True
        ),
        "confirm-party-wait": msgspec.structs.replace(
            here.confirm,
            service=here.both,
            services=2,
            people=4,
            stops=(*here.stops, *here.stops)[:5],
            fee=True,
            wait=RANGE,
        ),
        "confirm-asks": msgspec.structs.replace(here.confirm, asks=True),
        "priority": PriorityPage(step=4, centre=centre),
        "restart": RestartPage(step=4, centre=centre, can_restart=False),
        "restart-number": RestartPage(step=5, centre=centre, can_restart=False, code="B042"),
        "language-scanner": LanguagePage(centre=centre, can_restart=False, languages=LANGUAGES, scanner=True),
        "language-announced": LanguagePage(
            centre=centre,
            languages=LANGUAGES,
            scanner=True,
            reader="ready",
            notice=ShownNotice(NoticeText.DELAY, here.everybody),
        ),
        "language-crowded": LanguagePage(
            centre=centre,
            languages=LANGUAGES,
            scanner=True,
            no_paper=True,
            reader="again",
            notice=ShownNotice(NoticeText.SYSTEM_FAULT, here.everybody),
        ),
        "language-typed": LanguagePage(
            centre=centre,
            languages=LANGUAGES,
            scanner=True,
            no_paper=True,
            reader="ready",
            notice=ShownNotice(NoticeText.OWN, tuple(NoticeWords(code, TYPED[code]) for code in TYPED)),
        ),
    }
