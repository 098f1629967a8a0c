"""Any catalogue that is in order."""

from collections.abc import Sequence
from datetime import date
from itertools import product
from string import ascii_lowercase, ascii_uppercase, digits

from hypothesis import strategies as st

from queue_server.catalogue import fields, model
from queue_server.catalogue.appointments import AppointmentRules, StaffingDefinition
from queue_server.catalogue.checklists import ChecklistDefinition, RequirementDefinition
from queue_server.catalogue.forms import (
    PATTERNS,
    BooleanQuestion,
    FormChoice,
    FormDefinition,
    FormPurpose,
    FormQuestion,
    FormSchema,
    IntegerQuestion,
    StringQuestion,
)
from queue_server.catalogue.toml import check
from queue_server.domain.appointments import PoolId, RemoteChannel
from queue_server.domain.forms import ChipField, FormDates, FormFieldId, FormId, FormPurposeId
from queue_server.domain.money import MAX, written
from queue_server.domain.requirements import FEE_LINE, RequiredForm, RequirementId, RequirementKind
from queue_server.domain.tariff import RESERVED
from queue_server.domain.values import (
    BandId,
    Category,
    CentreId,
    CounterId,
    CurrencyCode,
    GovernmentId,
    Language,
    ServiceId,
    StepId,
)

# Texts of an alphabet are one choice each; those of a regular expression are one a letter, and took most of the time.
_WORD = st.text(f"{ascii_lowercase}{digits}-", min_size=1, max_size=8).filter(lambda word: word[0] != "-")
_GOVERNMENT = st.text(ascii_uppercase, min_size=3, max_size=3)
_PLATE = st.text(f"{digits}{ascii_uppercase}", min_size=1, max_size=4)
_LINE = (
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
_NAMES = st.dictionaries(st.sampled_from(["ar", "fr", "am"]), _LINE, max_size=2).flatmap(
    lambda names: _LINE.map(lambda english: {"en": english, **names})
)
_CHANGES = st.dictionaries(st.sampled_from(Category), st.integers(0, 480), max_size=3)
_ZONES = ("UTC", "Europe/Brussels", "America/Halifax", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Addis_Ababa")


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, ...]:
    marks = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple(fields.span_text(opens, closes) for opens, closes in pairs)


#: With two digits, none and three behind the point.
_CURRENCIES = st.sets(st.sampled_from([CurrencyCode("EUR"), CurrencyCode("JPY"), CurrencyCode("KWD")]), max_size=2)


@st.composite
def bands_of(draw: st.DrawFn) -> tuple[model.AgeBand, ...]:
    """Give no age bands, or some that leave nobody out."""
    words = _WORD.filter(lambda word: word not in RESERVED)
    idents = draw(st.lists(words, max_size=4, unique=True))
    ages = draw(st.lists(st.integers(1, 120), min_size=len(idents), max_size=len(idents), unique=True))
    youngest = draw(st.integers(0, max(0, len(idents) - 1)))
    return tuple(
        model.AgeBand(BandId(ident), draw(_NAMES), 0 if index == youngest else age)
        for index, (ident, age) in enumerate(zip(idents, ages, strict=True))
    )


@st.composite
def payers_of(draw: st.DrawFn, bands: tuple[model.AgeBand, ...]) -> list[tuple[str, tuple[BandId, ...]]]:
    """Say who pays the fees of a service: some bands each their own, everybody alike, the party, or both."""
    idents = [band.id for band in bands]
    people = draw(st.sampled_from(["each", "all", "none"]))
    found: list[tuple[str, tuple[BandId, ...]]] = [("party", ())] if draw(st.booleans()) else []
    if people == "all":
        found.append(("person", ()))
    elif people == "each" and idents:
        some = draw(st.lists(st.sampled_from(idents), min_size=1, unique=True))
        cut = draw(st.integers(0, len(some)))
        found += [("person", tuple(group)) for group in (some[:cut], some[cut:]) if group]
    return found


@st.composite
def fees_of(draw: st.DrawFn, services: list[str], bands: tuple[model.AgeBand, ...]) -> tuple[model.FeeDefinition, ...]:
    """Give periods of each currency and payer that touch, or leave days between them, but never share one."""
    found: list[model.FeeDefinition] = []
    for service in draw(st.lists(st.sampled_from(services), max_size=3, unique=True)):
        payers = draw(payers_of(bands))
        for currency, (per, whom) in product(sorted(draw(_CURRENCIES)), payers):
            marks = sorted(draw(st.sets(st.dates(date(2020, 1, 1), date(2040, 1, 1)), max_size=4)))
            marks = marks or [date(2030, 1, 1)]
            ends = [None, *marks, None] if len(marks) % 2 == 0 else [None, *marks]
            for first, last in zip(ends[::2], ends[1::2], strict=True):
                found.append(
                    model.FeeDefinition(
                        service=ServiceId(service),
                        amount=written(draw(st.integers(0, MAX)), currency),
                        currency=currency,
                        valid_from=first,
                        valid_until=last,
                        waivable=draw(st.booleans()),
                        per="party" if per == "party" else "person",
                        bands=whom,
                    )
                )
    return tuple(draw(st.permutations(found)))


def _some[T](of: Sequence[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(st.sampled_from(of), max_size=2, unique=True).map(tuple)


APPOINTMENT_RULES = st.builds(
    AppointmentRules,
    period_min=st.sampled_from([5, 6, 10, 12, 15, 20, 30, 60]),
    weeks=st.integers(1, 26),
    lead_min=st.integers(0, 10_080),
    walk_in_percent=st.integers(0, 100),
    work_percent=st.integers(1, 100),
    overbooking_percent=st.integers(0, 100),
    early_min=st.integers(0, 240),
    grace_min=st.integers(0, 240),
    late_min=st.integers(240, 480),
    hold_min=st.integers(1, 60),
    change_until_min=st.integers(0, 10_080),
    release_within_min=st.integers(0, 1440),
    confirm_document=st.booleans(),
    document_bookings=st.integers(1, 100),
    contact_bookings=st.integers(1, 100),
    remind_hours=st.lists(st.integers(1, 336), max_size=4, unique=True).map(tuple),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@st.composite
def pools_of(
    draw: st.DrawFn, steps: Sequence[StepId], services: Sequence[ServiceId], governments: Sequence[GovernmentId]
) -> tuple[StaffingDefinition, ...]:
    """Give pools with breaks that touch their ends, each other, or nothing."""

    def pool(ident: str) -> StaffingDefinition:
        marks = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=8)))
        begins, ends = marks[0], marks[-1]
        inner = marks if draw(st.booleans()) else marks[1:-1]
        breaks = zip(inner[::2], inner[1::2], strict=False)
        first, last = sorted(draw(st.tuples(*[st.dates(date(2020, 1, 1), date(2040, 1, 1))] * 2)))
        return StaffingDefinition(
            id=PoolId(ident),
            days=tuple(draw(st.lists(st.sampled_from(_DAYS), min_size=1, max_size=7, unique=True))),
            hours=fields.span_text(begins, ends),
            counters=draw(st.integers(1, 200)),
            name=draw(st.one_of(st.just({}), _NAMES)),
            breaks=tuple(fields.span_text(starts, stops) for starts, stops in breaks),
            steps=draw(_some(steps)),
            services=draw(_some(services)),
            governments=draw(_some(governments)),
            valid_from=draw(st.sampled_from([None, first])),
            valid_until=draw(st.sampled_from([None, last])),
        )

    return tuple(map(pool, draw(st.lists(_WORD, max_size=3, unique=True))))


@st.composite
def checklists_of(
    draw: st.DrawFn, services: list[str], bands: tuple[model.AgeBand, ...]
) -> tuple[ChecklistDefinition, ...]:
    """Give lists, each service on one of them at most."""
    words: st.SearchStrategy[dict[str, str]] = st.one_of(st.just({}), _NAMES)
    kinds = st.sampled_from([one for one in RequirementKind if one is not RequirementKind.FEE])

    def line(ident: str) -> RequirementDefinition:
        return RequirementDefinition(
            id=RequirementId(ident),
            kind=draw(kinds),
            name=draw(_NAMES),
            note=draw(words),
            form=draw(st.none() | st.sampled_from(RequiredForm)),
            translated=draw(st.booleans()),
            per=draw(st.sampled_from(["person", "party"])),
            bands=draw(_some([one.id for one in bands])) if bands else (),
            only=draw(words),
        )

    def checklist(service: str) -> ChecklistDefinition:
        idents = draw(st.lists(_WORD.filter(lambda one: one != FEE_LINE), min_size=1, max_size=3, unique=True))
        return ChecklistDefinition(
            services=(ServiceId(service),),
            owner=draw(_NAMES),
            reviewed=draw(st.dates(date(2020, 1, 1), date(2040, 1, 1))),
            lines=tuple(map(line, idents)),
        )

    return tuple(checklist(one) for one in services if draw(st.booleans()))


@st.composite
def forms_of(draw: st.DrawFn, services: list[str]) -> tuple[FormDefinition, ...]:
    """Give forms that ask whatever can be asked."""
    words: st.SearchStrategy[dict[str, str]] = st.one_of(st.just({}), _NAMES)

    def question(purposes: list[str]) -> FormQuestion:
        purpose = draw(st.none() | st.sampled_from(purposes).map(FormPurposeId))
        title, more = draw(_NAMES), draw(words)
        match draw(st.sampled_from(["text", "date", "choice", "yes-no", "number"])):
            case "text":
                pattern, length = draw(st.sampled_from([None, *PATTERNS])), draw(st.integers(1, 160))
                chip = draw(st.sampled_from([None, ChipField.SURNAME, ChipField.DOCUMENT_NUMBER]))
                format_ = draw(st.sampled_from([None, "email"])) if pattern is None else None
                return StringQuestion(
                    title=title,
                    help=more,
                    purpose=purpose,
                    from_chip=chip,
                    max_length=length,
                    pattern=pattern,  # type: ignore[arg-type] # one of the patterns that there are
                    format=format_,  # type: ignore[arg-type] # one of the formats
                )
            case "date":
                chip = draw(st.sampled_from([None, ChipField.BIRTH_DATE]))
                dates = draw(st.sampled_from(FormDates))
                return StringQuestion(title=title, purpose=purpose, format="date", from_chip=chip, dates=dates)
            case "choice":
                idents = draw(st.lists(_WORD, min_size=1, max_size=4, unique=True))
                return StringQuestion(
                    title=title, purpose=purpose, one_of=tuple(FormChoice(one, draw(_NAMES)) for one in idents)
                )
            case "yes-no":
                return BooleanQuestion(title=title, help=more, purpose=purpose)
            case _:
                bounds = sorted((draw(st.integers(-9, 999)), draw(st.integers(-9, 999))))
                return IntegerQuestion(title=title, purpose=purpose, minimum=bounds[0], maximum=bounds[1])

    def form(ident: str) -> FormDefinition:
        purposes = draw(st.lists(_WORD, min_size=1, max_size=3, unique=True))
        required = draw(st.integers(0, len(purposes) - 1))
        names = draw(
            st.lists(_WORD, min_size=1, max_size=4, unique=True).map(lambda all_: list(map(FormFieldId, all_)))
        )
        return FormDefinition(
            id=FormId(ident),
            services=(ServiceId(draw(st.sampled_from(services))),),
            title=draw(_NAMES),
            purposes=tuple(
                FormPurpose(FormPurposeId(one), draw(_NAMES), number == required) for number, one in enumerate(purposes)
            ),
            schema=FormSchema(
                properties={name: question(purposes) for name in names},
                required=tuple(name for name in names if draw(st.booleans())),
            ),
            retention_days=draw(st.integers(1, 90)),
        )

    return tuple(map(form, draw(st.lists(_WORD, max_size=2, unique=True))))


#: What of a catalogue may be left out, where a test is about the rest.
PARTS = frozenset(
    {"appointments", "checklists", "counters", "fees", "forms", "holidays", "hours", "promises", "shelves", "staffing"}
)


@st.composite
def setups(draw: st.DrawFn, parts: frozenset[str] = PARTS) -> model.Setup:
    """Give any catalogue that is in order, with nothing of those ``PARTS`` that are not asked for."""
    assert parts <= PARTS
    nothing: st.SearchStrategy[dict[Category, int]] = st.just({})
    changes = _CHANGES if "promises" in parts else nothing

    def some(least: int, most: int) -> list[str]:
        return draw(st.lists(_WORD, min_size=least, max_size=most, unique=True))

    governments = draw(st.lists(_GOVERNMENT, min_size=1, max_size=3, unique=True))
    kinds, steps, services = some(1, 3), some(1, 6), some(1, 6)
    groups = [one for one in some(0, 3) if one not in kinds]
    # One at most: a service that stops at two of them is refused.
    paid = draw(st.sets(st.sampled_from(steps), max_size=1))
    most_plates = 4 if "counters" in parts else 0
    plates = draw(st.lists(_PLATE, max_size=most_plates, unique=True))

    def minutes(least: int, of: list[str]) -> dict[StepId, int]:
        found = draw(st.dictionaries(st.sampled_from(of), st.integers(least, 480), max_size=2))
        return {StepId(step): one for step, one in found.items()}

    def service(ident: str) -> model.ServiceDefinition:
        journey = draw(st.lists(st.sampled_from(steps), min_size=1, max_size=5, unique=True))
        return model.ServiceDefinition(
            id=ServiceId(ident),
            government=GovernmentId(draw(st.sampled_from(governments))),
            kind=draw(st.sampled_from(kinds)),
            name=draw(_NAMES),
            steps=tuple(map(StepId, journey)),
            promises=draw(changes),
            step_promises={
                StepId(step): changes
                for step, changes in draw(st.dictionaries(st.sampled_from(journey), changes, max_size=2)).items()
                if changes
            },
            step_minutes=minutes(1, journey),
            step_extra_minutes=minutes(0, journey),
            bookable=draw(st.booleans()),
            checklist_steps=tuple(StepId(step) for step in journey if draw(st.booleans())),
            standard_minutes=draw(st.none() | st.integers(0, 239)),
            standard_percent=draw(st.integers(1, 100)),
        )

    def counter(plate: str) -> model.CounterDefinition:
        def part(of: list[str]) -> tuple[str, ...]:
            return tuple(draw(st.lists(st.sampled_from(of), max_size=2, unique=True)))

        return model.CounterDefinition(
            id=CounterId(plate.lower()),
            name=plate,
            direction=draw(st.sampled_from([None, "left", "right", "ahead", "up", "down"])),
            steps=tuple(map(StepId, part(steps))),
            services=tuple(map(ServiceId, part(services))),
            governments=tuple(map(GovernmentId, part(governments))),
            languages=tuple(map(Language, part(["en", "ar"]))),
        )

    def step(one: str, way: RemoteChannel | None) -> model.StepDefinition:
        return model.StepDefinition(
            StepId(one),
            draw(_NAMES),
            draw(st.one_of(st.just({}), _NAMES)),
            draw(changes),
            one in paid,
            draw(st.integers(1, 480)),
            draw(st.none() | st.integers(0, 480)),
            way,
            "https://video.example/{room}" if way is RemoteChannel.VIDEO else "",
            draw(st.booleans()),
        )

    bands = draw(bands_of())
    country, subdivision = draw(st.sampled_from([(None, None), ("BE", None), ("CA", "NS"), ("DE", "BY")]))
    closed = st.sets(st.dates(date(2020, 1, 1), date(2040, 1, 1)), max_size=3 if "holidays" in parts else 0)
    shelves = ["1-A", "1-B", "2", "KEY-9"]
    setup = model.Setup(
        centre=model.CentreDefinition(
            id=CentreId(draw(_WORD)),
            name=draw(_NAMES),
            zone=draw(st.sampled_from(_ZONES)),
            languages=(Language("en"), Language("ar")),
            day_start=draw(st.sampled_from(["00:00", "04:00", "11:59"])),
            address=draw(st.one_of(st.just({}), _NAMES)),
        ),
        governments=tuple(model.Government(GovernmentId(one), draw(_NAMES)) for one in governments),
        kinds=tuple(
            model.ServiceKind(one, draw(_NAMES), "passport", draw(st.sampled_from([None, *groups]))) for one in kinds
        ),
        groups=tuple(model.ServiceGroup(one, draw(_NAMES), "home") for one in groups),
        steps=tuple(step(one, draw(st.sampled_from([None, *RemoteChannel]))) for one in steps),
        services=tuple(map(service, services)),
        counters=tuple(map(counter, plates)),
        hours=model.OpeningHours(*(draw(spans()) for _ in range(7))) if "hours" in parts else model.OpeningHours(),
        holidays=model.Holidays(country, subdivision, tuple(sorted(draw(closed)))),
        promises=draw(changes),
        rules=model.Rules(
            undo_window_s=draw(st.integers(0, 600)),
            missed_after_s=draw(st.integers(0, 3600)),
            missed_min_calls=draw(st.integers(1, 10)),
            round_the_clock=draw(st.booleans()),
            language_filters=draw(st.booleans()),
            max_party=draw(st.integers(1, 20)),
            last_ticket_min=draw(st.integers(0, 480)),
            transfer_hold_s=draw(st.integers(0, 3600)),
            language_room_s=draw(st.integers(0, 3600)),
            pay_offline=draw(st.booleans()),
            kiosk_party=draw(st.integers(1, 20)),
            kiosk_services=draw(st.integers(1, 5)),
            kiosk_checklist=draw(st.booleans()),
            more_time_times=draw(st.integers(0, 10)),
            staff_figures=draw(st.booleans()),
        ),
        fees=draw(fees_of(services, bands)) if "fees" in parts else (),
        bands=bands,
        shelves=tuple(
            model.ShelfDefinition(one, draw(st.integers(1, 999)))
            for one in draw(st.lists(st.sampled_from(shelves), max_size=3 if "shelves" in parts else 0, unique=True))
        ),
        appointments=draw(st.none() | APPOINTMENT_RULES) if "appointments" in parts else None,
        checklists=draw(checklists_of(services, bands)) if "checklists" in parts else (),
        forms=draw(forms_of(services)) if "forms" in parts else (),
        staffing=draw(pools_of([*map(StepId, steps)], [*map(ServiceId, services)], [*map(GovernmentId, governments)]))
        if "staffing" in parts
        else (),
    )
    check(setup)
    return setup
