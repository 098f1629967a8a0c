"""A fee, and every state of a payment."""

from typing import Literal

from kiosk.journey.checkout import Checkout
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.fee import FeePage
from kiosk.journey.steps.pay import PayPage
from kiosk.journey.steps.recovering import RecoveringPage
from tests.kiosk.ui.sample_centre import CHEAP, DEAR, RANGE, SHUT, SOON, YEN, SampleCentre

DESK = {"en": "Cash desk", "fr": "Caisse", "ar": "الصندوق"}
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


def payments(here: SampleCentre) -> dict[str, JourneyPage]:
    """Every page about money."""
    centre = here.centre
    return {
        "fee": FeePage(
            step=4, centre=centre, fee=CHEAP, service=here.service, government=here.government, icon="people"
        ),
        "fee-desk": FeePage(
            step=4,
            centre=centre,
            fee=DEAR,
            service=here.kind,
            government=here.government,
            icon="record",
            desk=DESK[here.spoken],
        ),
        "fee-desk-left": FeePage(
            step=4,
            centre=centre,
            fee=DEAR,
            service=here.kind,
            government=here.government,
            can_pay=False,
            desk=DESK[here.spoken],
        ),
        "fee-desk-by-hand": FeePage(
            step=4,
            centre=centre,
            fee=DEAR,
            service=here.kind,
            government=here.government,
            by_hand=True,
            desk=DESK[here.spoken],
        ),
        "pay-desk": PayPage(
            step=4,
            centre=centre,
            fee=DEAR,
            payment=Checkout("not-paid", reason="declined"),
            again=True,
            desk=DESK[here.spoken],
        ),
        "fee-dear": FeePage(
            step=4, centre=centre, fee=DEAR, service=here.kind, government=here.government, icon="record"
        ),
        "fee-left": FeePage(
            step=4,
            centre=centre,
            fee=CHEAP,
            service=here.service,
            government=here.government,
            icon="people",
            side="left",
        ),
        "fee-below": FeePage(
            step=4,
            centre=centre,
            fee=DEAR,
            service=here.service,
            government=here.government,
            icon="people",
            side="below",
        ),
        "fee-party": FeePage(
            step=4,
            centre=centre,
            fee=DEAR,
            service=here.both,
            government=here.government,
            services=2,
            people=4,
        ),
        "fee-away": FeePage(
            step=4, centre=centre, fee=YEN, service=here.service, government=here.government, icon="visa", can_pay=False
        ),
        "fee-by-hand": FeePage(
            step=4, centre=centre, fee=DEAR, service=here.kind, government=here.government, icon="record", by_hand=True
        ),
        "fee-wait": FeePage(
            step=4,
            centre=centre,
            fee=DEAR,
            service=here.both,
            government=here.government,
            services=2,
            people=4,
            desk=DESK[here.spoken],
            wait=RANGE,
        ),
        "fee-soon": FeePage(
            step=4,
            centre=centre,
            fee=CHEAP,
            service=here.service,
            government=here.government,
            icon="people",
            side="below",
            wait=SOON,
        ),
        "fee-before-closing": FeePage(
            step=4, centre=centre, fee=DEAR, service=here.kind, government=here.government, icon="record", wait=SHUT
        ),
        "fee-by-hand-before-closing": FeePage(
            step=4,
            centre=centre,
            fee=DEAR,
            service=here.both,
            government=here.government,
            services=2,
            people=4,
            by_hand=True,
            wait=SHUT,
        ),
        "fee-away-wait": FeePage(
            step=4,
            centre=centre,
            fee=YEN,
            service=here.service,
            government=here.government,
            icon="visa",
            can_pay=False,
            wait=RANGE,
        ),
        "fee-working": FeePage(
            step=4,
            centre=centre,
            can_back=False,
            fee=CHEAP,
            service=here.service,
            government=here.government,
            working=True,
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
        "recovering": RecoveringPage(centre=centre, can_back=False, can_restart=False),
    }
