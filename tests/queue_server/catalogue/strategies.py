"""Any catalogue that is in order."""

from collections.abc import Sequence

from hypothesis import strategies as st

from queue_server.catalogue import model
from queue_server.catalogue.toml import check
from queue_server.domain.appointments import RemoteChannel
from queue_server.domain.values import (
    Category,
    CentreId,
    CounterId,
    GovernmentId,
    Language,
    ServiceId,
    StepId,
)
from tests.queue_server.catalogue import random_parts
from tests.queue_server.catalogue.chance import SEEDS, Chance
from tests.queue_server.catalogue.random_forms import forms

_ZONES = ("UTC", "Europe/Brussels", "America/Halifax", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Addis_Ababa")
_SHELVES = ("1-A", "1-B", "2", "KEY-9")
APPOINTMENT_RULES = SEEDS.map(lambda seed: random_parts.appointment_rules(Chance(seed)))

#: What of a catalogue may be left out, where a test is about the rest.
PARTS = frozenset(
    {"appointments", "checklists", "counters", "fees", "forms", "holidays", "hours", "promises", "shelves", "staffing"}
)


def setups(parts: frozenset[str] = PARTS) -> st.SearchStrategy[model.Setup]:
    """Give any catalogue that is in order, with nothing of those ``PARTS`` that are not asked for."""
    assert parts <= PARTS
    return SEEDS.map(lambda seed: _setup(Chance(seed), parts))


def _setup(chance: Chance, parts: frozenset[str]) -> model.Setup:
    governments, kinds = chance.governments(), chance.words(1, 3)
    steps, services = chance.words(1, 6), chance.words(1, 6)
    groups = chance.words(0, 3, kinds)
    # One at most: a service that stops at two of them is refused.
    paid = chance.some(steps, most=1)
    bands = random_parts.bands(chance)

    def changes() -> dict[Category, int]:
        return _changes(chance) if "promises" in parts else {}

    def step(ident: str) -> model.StepDefinition:
        way = chance.one([None, *RemoteChannel])
        return model.StepDefinition(
            StepId(ident),
            chance.names(),
            chance.names_or_none(),
            changes(),
            ident in paid,
            chance.integer(1, 480),
            chance.integer(0, 480) if chance.boolean() else None,
            way,
            "https://video.example/{room}" if way is RemoteChannel.VIDEO else "",
            chance.boolean(),
        )

    def service(ident: str) -> model.ServiceDefinition:
        journey = [*map(StepId, chance.some(steps, 1, 5))]
        promised = {place: changes() for place in chance.some(journey, most=2)}
        return model.ServiceDefinition(
            id=ServiceId(ident),
            government=GovernmentId(chance.one(governments)),
            kind=chance.one(kinds),
            name=chance.names(),
            steps=tuple(journey),
            promises=changes(),
            step_promises={place: promises for place, promises in promised.items() if promises},
            step_minutes={place: chance.integer(1, 480) for place in chance.some(journey, most=2)},
            step_extra_minutes={place: chance.integer(0, 480) for place in chance.some(journey, most=2)},
            bookable=chance.boolean(),
            checklist_steps=tuple(place for place in journey if chance.boolean()),
            standard_minutes=chance.integer(0, 239) if chance.boolean() else None,
            standard_percent=chance.integer(1, 100),
        )

    country, subdivision = chance.one([(None, None), ("BE", None), ("CA", "NS"), ("DE", "BY")])
    setup = model.Setup(
        centre=model.CentreDefinition(
            id=CentreId(chance.word()),
            name=chance.names(),
            zone=chance.one(_ZONES),
            languages=(Language("en"), Language("ar")),
            day_start=chance.one(["00:00", "04:00", "11:59"]),
            address=chance.names_or_none(),
        ),
        governments=tuple(model.Government(GovernmentId(code), chance.names()) for code in governments),
        kinds=tuple(model.ServiceKind(kind, chance.names(), "passport", chance.one([None, *groups])) for kind in kinds),
        groups=tuple(model.ServiceGroup(group, chance.names(), "home") for group in groups),
        steps=tuple(map(step, steps)),
        services=tuple(map(service, services)),
        counters=_counters(chance, steps, services, governments) if "counters" in parts else (),
        hours=model.OpeningHours(*(random_parts.spans(chance) if "hours" in parts else () for _ in range(7))),
        holidays=model.Holidays(country, subdivision, tuple(chance.days((0, 3))) if "holidays" in parts else ()),
        promises=changes(),
        rules=_rules(chance),
        fees=random_parts.fees(chance, services, bands) if "fees" in parts else (),
        bands=bands,
        shelves=tuple(model.ShelfDefinition(shelf, chance.integer(1, 999)) for shelf in chance.some(_SHELVES, most=3))
        if "shelves" in parts
        else (),
        appointments=random_parts.appointment_rules(chance) if "appointments" in parts and chance.boolean() else None,
        checklists=random_parts.checklists(chance, services, bands) if "checklists" in parts else (),
        forms=forms(chance, services) if "forms" in parts else (),
        staffing=random_parts.pools(chance, steps, services, governments) if "staffing" in parts else (),
    )
    check(setup)
    return setup


def _changes(chance: Chance) -> dict[Category, int]:
    return {category: chance.integer(0, 480) for category in chance.some([*Category], most=3)}


def _counters(
    chance: Chance, steps: Sequence[str], services: Sequence[str], governments: Sequence[str]
) -> tuple[model.CounterDefinition, ...]:
    return tuple(
        model.CounterDefinition(
            id=CounterId(plate.lower()),
            name=plate,
            direction=chance.one([None, "left", "right", "ahead", "up", "down"]),
            steps=chance.some([*map(StepId, steps)], most=2),
            services=chance.some([*map(ServiceId, services)], most=2),
            governments=chance.some([*map(GovernmentId, governments)], most=2),
            languages=chance.some([Language("en"), Language("ar")]),
        )
        for plate in chance.plates(4)
    )


def _rules(chance: Chance) -> model.Rules:
    return model.Rules(
        undo_window_s=chance.integer(0, 600),
        missed_after_s=chance.integer(0, 3600),
        missed_min_calls=chance.integer(1, 10),
        round_the_clock=chance.boolean(),
        language_filters=chance.boolean(),
        max_party=chance.integer(1, 20),
        last_ticket_min=chance.integer(0, 480),
        transfer_hold_s=chance.integer(0, 3600),
        language_room_s=chance.integer(0, 3600),
        pay_offline=chance.boolean(),
        kiosk_party=chance.integer(1, 20),
        kiosk_services=chance.integer(1, 5),
        kiosk_checklist=chance.boolean(),
        more_time_times=chance.integer(0, 10),
        staff_figures=chance.boolean(),
    )
