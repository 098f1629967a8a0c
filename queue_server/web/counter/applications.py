"""The applications that the visit at the counter serves: reference, state, and to what each may be corrected."""

import msgspec
from markupsafe import Markup

from queue_server.applications.model import MOVES, Application
from queue_server.domain.values import ApplicationState, CorrectionReason
from queue_server.web import wording
from queue_server.web.counter.page import Option
from queue_server.web.view_context import StaffView


class ApplicationRow(msgspec.Struct, frozen=True):
    """``url`` is where a correction is posted to; ``moves`` are empty where the application has come to its end."""

    id: str
    reference: str
    service: str
    state: Markup
    since: str
    url: str
    moves: tuple[Option, ...]
    reasons: tuple[Option, ...]


def rows(look: StaffView, found: tuple[Application, ...]) -> tuple[ApplicationRow, ...]:
    return tuple(
        ApplicationRow(
            id=one.id,
            reference=one.reference,
            service=look.service_name(one.service),
            state=wording.application_state(look.words, one.state),
            since=f"{look.clock.day(one.changed_at)} {look.clock.hhmm(one.changed_at)}",
            url=f"/api/v1/centres/{look.state.centre}/applications/{one.id}/move",
            moves=tuple(
                Option(state, wording.application_state(look.words, state))
                for state in ApplicationState
                if state in MOVES[one.state]
            ),
            reasons=tuple(Option(reason, wording.correction_reason(look.words, reason)) for reason in CorrectionReason),
        )
        for one in found
    )
