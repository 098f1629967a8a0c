"""Payments: what was paid, waived and given back, and the ends of day of terminals."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Select, literal, select

from queue_server.domain.values import CentreId, Micros
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room, Stream
from queue_server.framework.words import Vocabulary
from queue_server.payments import events, reconciliation
from queue_server.payments.errors import (
    PaymentError,
    PaymentUnknownError,
    ReconciliationUnknownError,
    RefundUnknownError,
)
from queue_server.payments.permissions import PERMISSIONS
from queue_server.payments.reconciliation_store import RECONCILIATIONS
from queue_server.payments.rules import PaymentRules
from queue_server.payments.store import PAYMENTS
from queue_server.payments.tables import payment_bookings, payment_marks, payments, reconciliations

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric
    from typer import Typer

    from queue_server.framework.entity_feeds import EntityFeed
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server
    from queue_server.payments.model import Payment

PROBLEMS = (
    ProblemMapping(PaymentUnknownError, 404, "There is no such payment"),
    ProblemMapping(ReconciliationUnknownError, 404, "There is no such end of day"),
    ProblemMapping(RefundUnknownError, 404, "There is no such refund"),
    ProblemMapping(PaymentError, 409, "The payment cannot do this"),
)


def _payments(centre: CentreId, since: Micros) -> "Select[str]":
    known = payments.c
    return select(literal(PAYMENTS.prefix).concat(known.id)).where(known.centre == centre, known.changed_at >= since)


def _reconciliations(centre: CentreId, since: Micros) -> "Select[str]":
    known = reconciliations.c
    return select(literal(RECONCILIATIONS.prefix).concat(known.id)).where(known.centre == centre, known.at >= since)


def _vocabulary() -> Vocabulary:
    from queue_server.payments.words import VOCABULARY

    return VOCABULARY


def _routes() -> "Iterable[Route]":
    from queue_server.payments.routes import ROUTES

    return ROUTES


def _commands() -> "Mapping[str, Typer]":
    from queue_server.payments import command_line

    return {"payments": command_line.app}


def _feeds() -> "Iterable[EntityFeed[Payment]]":
    from queue_server.payments.feed import FEED

    return (FEED,)


def _assemble(server: "Server") -> None:
    from queue_server.centre.centres import Centres
    from queue_server.centre.issuing import Issuing
    from queue_server.framework.entity_feeds import EntityFeeds
    from queue_server.payments.feed import FEED
    from queue_server.payments.paid_before import PaidBefore
    from queue_server.payments.visit_links import name_payments

    def tell_pages(centre: CentreId) -> None:
        # One line a page: those that follow the centre fetch by themselves what they show of payments.
        if centre in server[Centres]:
            server[Centres][centre].fan_out.notify_counters("payments")

    server.put(PaidBefore, PaidBefore(server.log))
    server[Issuing].after.append(name_payments)
    server[EntityFeeds].watch(FEED, tell_pages)


async def _metrics(server: "Server") -> "Iterable[Metric]":
    from queue_server.payments.figures import metrics

    return await metrics(server)


ROOM = Room(
    name="payments",
    permissions=PERMISSIONS,
    problems=PROBLEMS,
    settings={"payments": PaymentRules},
    streams={
        PAYMENTS.prefix: Stream((events.CODEC,), (_payments,), PAYMENTS),
        RECONCILIATIONS.prefix: Stream((reconciliation.CODEC,), (_reconciliations,), RECONCILIATIONS),
    },
    tables={
        payments.name: "what was paid where for which visit, whose id leads to nobody; receipts are in the vault",
        payment_marks.name: "numbers of slips and amounts of payments",
        payment_bookings.name: "which money moved when, how, and for which services",
        reconciliations.name: "when which terminal was closed",
    },
    tags={
        "reconciliations": "Ends of day of payment terminals, and where their totals differ from the journals.",
        "payments": "What was paid, waived and given back.",
    },
    path_words={
        "reconciliation": "Id of the end of day.",
        "payment": "Id of the payment.",
        "refund": "Id of the refund.",
    },
    vocabulary=_vocabulary,
    routes=_routes,
    feeds=_feeds,
    commands=_commands,
    assemble=_assemble,
    metrics=_metrics,
)
