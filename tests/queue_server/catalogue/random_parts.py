"""Random age bands, fees, rules of appointments, pools and checklists of a catalogue."""

from collections.abc import Sequence
from itertools import product

from queue_server.catalogue import fields, model
from queue_server.catalogue.appointments import AppointmentRules, StaffingDefinition, Weekday
from queue_server.catalogue.checklists import ChecklistDefinition, RequirementDefinition
from queue_server.domain.appointments import PoolId
from queue_server.domain.money import MAX, written
from queue_server.domain.requirements import FEE_LINE, RequiredForm, RequirementId, RequirementKind
from queue_server.domain.tariff import RESERVED
from queue_server.domain.values import BandId, CurrencyCode, GovernmentId, ServiceId, StepId
from tests.queue_server.catalogue.chance import FIRST_DAY, Chance

#: With two digits, none and three behind the point.
_CURRENCIES = (CurrencyCode("EUR"), CurrencyCode("JPY"), CurrencyCode("KWD"))
_DAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def spans(chance: Chance) -> tuple[str, ...]:
    """Return up to three spans of a day, in order."""
    marks = chance.integers(0, 1440, (0, 6))
    return tuple(fields.span_text(opens, closes) for opens, closes in zip(marks[::2], marks[1::2], strict=False))


def bands(chance: Chance) -> tuple[model.AgeBand, ...]:
    """Return no age bands, or some that leave nobody out."""
    idents = chance.words(0, 4, RESERVED)
    ages = chance.some(range(1, 121), len(idents), len(idents))
    youngest = chance.integer(0, max(0, len(idents) - 1))
    return tuple(
        model.AgeBand(BandId(ident), chance.names(), 0 if index == youngest else age)
        for index, (ident, age) in enumerate(zip(idents, ages, strict=True))
    )


def _payers(chance: Chance, of: Sequence[model.AgeBand]) -> list[tuple[str, tuple[BandId, ...]]]:
    """Return who pays the fees of a service: some bands each their own, everybody alike, the party, or both."""
    people = chance.one(["each", "all", "none"])
    found: list[tuple[str, tuple[BandId, ...]]] = [("party", ())] if chance.boolean() else []
    if people == "all":
        found.append(("person", ()))
    elif people == "each" and of:
        some = chance.some([band.id for band in of], least=1)
        cut = chance.integer(0, len(some))
        found += [("person", group) for group in (some[:cut], some[cut:]) if group]
    return found


def fees(chance: Chance, services: Sequence[str], of: Sequence[model.AgeBand]) -> tuple[model.FeeDefinition, ...]:
    """Return periods of each currency and payer that touch, or leave days between them, but never share one."""
    found: list[model.FeeDefinition] = []
    for service in chance.some(services, most=3):
        payers = _payers(chance, of)
        for currency, (per, whom) in product(sorted(chance.some(_CURRENCIES, most=2)), payers):
            marks = chance.days((0, 4)) or [FIRST_DAY]
            ends = [None, *marks, None] if len(marks) % 2 == 0 else [None, *marks]
            for first, last in zip(ends[::2], ends[1::2], strict=True):
                found.append(
                    model.FeeDefinition(
                        service=ServiceId(service),
                        amount=written(chance.integer(0, MAX), currency),
                        currency=currency,
                        valid_from=first,
                        valid_until=last,
                        waivable=chance.boolean(),
                        per="party" if per == "party" else "person",
                        bands=whom,
                    )
                )
    return chance.some(found, len(found))


def appointment_rules(chance: Chance) -> AppointmentRules:
    return AppointmentRules(
        period_min=chance.one([5, 6, 10, 12, 15, 20, 30, 60]),
        weeks=chance.integer(1, 26),
        lead_min=chance.integer(0, 10_080),
        walk_in_percent=chance.integer(0, 100),
        work_percent=chance.integer(1, 100),
        overbooking_percent=chance.integer(0, 100),
        early_min=chance.integer(0, 240),
        grace_min=chance.integer(0, 240),
        late_min=chance.integer(240, 480),
        hold_min=chance.integer(1, 60),
        change_until_min=chance.integer(0, 10_080),
        release_within_min=chance.integer(0, 1440),
        confirm_document=chance.boolean(),
        document_bookings=chance.integer(1, 100),
        contact_bookings=chance.integer(1, 100),
        remind_hours=chance.some(range(1, 337), most=4),
    )


def pools(
    chance: Chance, steps: Sequence[str], services: Sequence[str], governments: Sequence[str]
) -> tuple[StaffingDefinition, ...]:
    """Return pools with breaks that touch their ends, each other, or nothing."""

    def pool(ident: str) -> StaffingDefinition:
        marks = chance.integers(0, 1440, (2, 8))
        inner = marks if chance.boolean() else marks[1:-1]
        breaks = zip(inner[::2], inner[1::2], strict=False)
        first, last = sorted((chance.day(), chance.day()))
        return StaffingDefinition(
            id=PoolId(ident),
            days=chance.some(_DAYS, least=1),
            hours=fields.span_text(marks[0], marks[-1]),
            counters=chance.integer(1, 200),
            name=chance.names_or_none(),
            breaks=tuple(fields.span_text(starts, stops) for starts, stops in breaks),
            steps=chance.some([*map(StepId, steps)], most=2),
            services=chance.some([*map(ServiceId, services)], most=2),
            governments=chance.some([*map(GovernmentId, governments)], most=2),
            valid_from=chance.one([None, first]),
            valid_until=chance.one([None, last]),
        )

    return tuple(map(pool, chance.words(0, 3)))


def checklists(chance: Chance, services: Sequence[str], of: Sequence[model.AgeBand]) -> tuple[ChecklistDefinition, ...]:
    """Return lists. Each service is on one of them at most."""
    kinds = [kind for kind in RequirementKind if kind is not RequirementKind.FEE]

    def line(ident: str) -> RequirementDefinition:
        return RequirementDefinition(
            id=RequirementId(ident),
            kind=chance.one(kinds),
            name=chance.names(),
            note=chance.names_or_none(),
            form=chance.one([*RequiredForm]) if chance.boolean() else None,
            translated=chance.boolean(),
            per="person" if chance.boolean() else "party",
            bands=chance.some([band.id for band in of], most=2),
            only=chance.names_or_none(),
        )

    def checklist(service: str) -> ChecklistDefinition:
        return ChecklistDefinition(
            services=(ServiceId(service),),
            owner=chance.names(),
            reviewed=chance.day(),
            lines=tuple(map(line, chance.words(1, 3, [FEE_LINE]))),
        )

    return tuple(checklist(service) for service in services if chance.boolean())
