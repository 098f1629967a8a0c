"""The form in which somebody outlines a centre. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec
from markupsafe import Markup

from queue_server.catalogue.countries import country_name, governments
from queue_server.catalogue.errors import CatalogueError
from queue_server.catalogue.offers import CentreOffers
from queue_server.catalogue.outline import DAYS, CentreOutline, outline
from queue_server.catalogue.schema import sections
from queue_server.web.catalogue import part_form
from queue_server.web.catalogue.part_form import PartField, PartFormLook, PartInput, PartOption, PartSelect
from queue_server.web.catalogue.typed import PREFIX
from queue_server.web.catalogue.typed_outline import MAX_GOVERNMENTS, MAX_SERVICES, MORE, listed
from queue_server.web.view_context import name_in, spoken_name


class OutlineKind(msgspec.Struct, frozen=True):
    """What people come for, of one kind."""

    name: str
    icon: str
    options: tuple[PartOption, ...]


class OutlineForm(msgspec.Struct, frozen=True):
    """``lists``: governments and services can be chosen here, and not only section by section."""

    place: tuple[PartField, ...]
    hours: tuple[PartField, ...]
    governments: tuple[PartField, ...]
    kinds: tuple[OutlineKind, ...]
    services_problem: Markup
    lists: bool


def form_of(
    look: PartFormLook,
    shown: CentreOutline,
    known: CentreOffers,
    problems: Mapping[str, CatalogueError],
    *,
    zones: Iterable[str],
) -> OutlineForm:
    """Draw the form, filled with an outline."""
    lists = listed(look.set_up)

    def told(fields: Iterable[PartField]) -> tuple[PartField, ...]:
        return tuple(
            msgspec.structs.replace(one, problem=part_form.refused(look.reader, problems.get(one.name), one.hint))
            for one in fields
        )

    return OutlineForm(
        place=told(_place(look, shown, known, zones)),
        hours=told(_hours(look, shown)),
        governments=told(_governments(look, shown, known)) if lists else (),
        kinds=tuple(_kinds(look, shown, known)) if lists else (),
        services_problem=part_form.refused(look.reader, problems.get("services"), Markup()),
        lists=lists,
    )


def _place(look: PartFormLook, shown: CentreOutline, known: CentreOffers, zones: Iterable[str]) -> Iterator[PartField]:
    _, centre = look.reader.words, sections()["centre"]
    some = msgspec.structs.replace(
        centre, fields=tuple(one for one in centre.fields if one.name in {"name", "address"})
    )
    name, address = part_form.part_fields(look, some, shown.centre, {})
    yield name
    yield address
    zone = str(shown.centre.get("zone", ""))
    places = (PartOption(one, Markup.escape(one), one == zone) for one in sorted({*zones, zone}))
    yield _select("zone", look.named.field("centre", "zone"), places)
    spoken = list(map(str, shown.centre.get("languages", ())))
    offered = dict.fromkeys([*known.languages, *spoken])
    named = ((one, Markup.escape(spoken_name(one, look.reader.language)), one in spoken) for one in offered)
    yield _checks("languages", _("Languages"), named)


def _hours(look: PartFormLook, shown: CentreOutline) -> Iterator[PartField]:
    _, language = look.reader.words, look.reader.language
    days = ((day, look.named.field("hours", day), day in shown.days) for day in DAYS)
    yield _checks("days", _("Open on"), days)
    hint = _("hours as 09:00-12:30, with commas between them")
    if len({tuple(said) for said in look.set_up.get("hours", {}).values() if said}) > 1:
        hint = _("some days have other hours; they keep them, unless you write others here for all days")
    spans = (PartInput(f"{PREFIX}hours", ", ".join(shown.hours)),)
    yield PartField("hours", _("Opening hours"), hint, Markup(), "inputs", inputs=spans)
    country = str(shown.holidays.get("country", ""))
    # What is no country is shown all the same, and refused.
    listing = {"": "", country: country} | {one: country_name(one, language) for one in governments().values()}
    named = (
        PartOption(one, Markup.escape(name) if one else _("none"), one == country)
        for one, name in sorted(listing.items(), key=lambda pair: pair[1])
    )
    yield _select("country", _("Closed on the public holidays of this country"), named)
    counters = PartInput(f"{PREFIX}counters", "" if shown.counters < 0 else str(shown.counters))
    yield PartField("counters", _("How many counters"), Markup(), Markup(), "inputs", "number", inputs=(counters,))


def _governments(look: PartFormLook, shown: CentreOutline, known: CentreOffers) -> Iterator[PartField]:
    _, language = look.reader.words, look.reader.language
    own = [*outline(look.set_up).governments, *shown.governments]
    offered = dict.fromkeys([*own, *known.governments])
    named = (
        (code, Markup.escape(_government(code, known, language)), code in shown.governments)
        for code in list(offered)[: max(MAX_GOVERNMENTS, len(set(own)))]
    )
    yield _checks("governments", _("Governments for which this centre works"), named)
    listing = sorted(
        (country_name(short, language), code) for code, short in governments().items() if code not in offered
    )
    options = (
        PartOption("", _("none"), chosen=True),
        *(PartOption(code, Markup.escape(name), chosen=False) for name, code in listing),
    )
    selects = tuple(PartSelect(f"{PREFIX}more.{number}", Markup.escape(number + 1), options) for number in range(MORE))
    yield PartField("more", _("Further governments"), Markup(), Markup(), "selects", selects=selects)


def _government(code: str, known: CentreOffers, language: str) -> str:
    found = known.governments.get(code)
    if found is not None:
        return name_in(found["name"], language, code)
    return country_name(governments()[code], language) if code in governments() else code


def _kinds(look: PartFormLook, shown: CentreOutline, known: CentreOffers) -> Iterator[OutlineKind]:
    language = look.reader.language
    own = [one for one in known.services if one in shown.services or one in outline(look.set_up).services]
    offered = list(dict.fromkeys([*own, *known.services]))[:MAX_SERVICES]
    for ident, kind in known.kinds.items():
        options = tuple(
            PartOption(
                key,
                Markup.escape(name_in(known.services[key]["name"], language, key)),
                key in shown.services,
                f"{PREFIX}services.{key}",
            )
            for key in offered
            if known.services[key]["kind"] == ident
        )
        if options:
            yield OutlineKind(name_in(kind["name"], language, ident), str(kind.get("icon", "")), options)


def _checks(name: str, label: Markup, options: Iterable[tuple[str, Markup, bool]]) -> PartField:
    drawn = tuple(PartOption(one, text, chosen, f"{PREFIX}{name}.{one}") for one, text, chosen in options)
    return PartField(name, label, Markup(), Markup(), "checks", options=drawn)


def _select(name: str, label: Markup, options: Iterable[PartOption]) -> PartField:
    select = PartSelect(f"{PREFIX}{name}", Markup(), tuple(options))
    return PartField(name, label, Markup(), Markup(), "selects", selects=(select,))


def said_problems(drawn: OutlineForm) -> dict[str, str]:
    """Say what is refused, by field, as the page does."""
    said = {one.name: one.problem for one in chain(drawn.place, drawn.hours, drawn.governments)}
    return {name: text.striptags() for name, text in {**said, "services": drawn.services_problem}.items() if text}
