"""What people bring for a service, as a catalogue says it, and what of that is refused. Pure.

What it costs is on no list: it follows from the fees.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from queue_server.catalogue.errors import (
    CatalogueChecklistsError,
    CatalogueDuplicateError,
    CatalogueReferenceError,
)
from queue_server.catalogue.fields import Band_, CatalogueSection, Line, Names, Requirement_, Service_, Tag
from queue_server.domain.requirements import FEE_LINE, RequiredForm, RequirementId, RequirementKind
from queue_server.domain.values import BandId, ServiceId

_Words = Annotated[dict[Tag, Line], Meta(max_length=40)]


class RequirementDefinition(CatalogueSection, frozen=True):
    """One line: something to bring, or somebody who has to come.

    Each person of ``bands`` needs it, or of any where none is named; or the whole party once (``per``), of bands where
    anybody of them is there. ``form``: whether the original is wanted, a copy, or either. ``note`` says more about it,
    ``only`` when it is needed at all: ``only when your name has changed``.
    """

    id: Requirement_
    kind: RequirementKind
    name: Names
    note: _Words = msgspec.field(default_factory=dict)
    form: RequiredForm | None = None
    translated: bool = False
    per: Literal["person", "party"] = "person"
    bands: Annotated[tuple[Band_, ...], Meta(max_length=4)] = ()
    only: _Words = msgspec.field(default_factory=dict)


class ChecklistDefinition(CatalogueSection, frozen=True):
    """The list of ``services``; ``owner`` is the office that answers for it, which ``reviewed`` it on that day."""

    services: Annotated[tuple[Service_, ...], Meta(min_length=1, max_length=100)]
    owner: Names
    reviewed: date
    lines: Annotated[tuple[RequirementDefinition, ...], Meta(min_length=1, max_length=30)]


def check_checklists(
    checklists: Iterable[ChecklistDefinition], services: Iterable[ServiceId], bands: Iterable[BandId]
) -> None:
    """Check what the types cannot say.

    Raises:
        CatalogueReferenceError: a list is for a service, or a line for an age band, that is not set up.
        CatalogueDuplicateError: two lists are for one service, or two lines have one id.
        CatalogueChecklistsError: a line is a fee, which follows from the fees.
    """
    listed, known, ages = set[ServiceId](), set(services), set(bands)
    for index, one in enumerate(checklists):
        section = f"checklists[{index}]"
        for service in one.services:
            if service not in known:
                raise CatalogueReferenceError(section=section, key="services", value=service)
            if service in listed:
                raise CatalogueDuplicateError(section=section, key="services", value=service)
            listed.add(service)
        lines = set[RequirementId]()
        for number, line in enumerate(one.lines):
            place = f"{section}.lines[{number}]"
            if line.kind is RequirementKind.FEE or line.id == FEE_LINE:
                raise CatalogueChecklistsError(section=place, key="kind" if line.kind is RequirementKind.FEE else "id")
            if line.id in lines:
                raise CatalogueDuplicateError(section=place, key="id", value=line.id)
            lines.add(line.id)
            for band in line.bands:
                if band not in ages or line.bands.count(band) > 1:
                    raise CatalogueReferenceError(section=place, key="bands", value=band)


def written_words(checklists: Iterable[ChecklistDefinition]) -> Iterator[tuple[str, str, Names]]:
    """Every word of the lists and where it stands; what is empty is left out."""
    for index, one in enumerate(checklists):
        yield f"checklists[{index}]", "owner", one.owner
        for number, line in enumerate(one.lines):
            for key in ("name", "note", "only"):
                if names := getattr(line, key):
                    yield f"checklists[{index}].lines[{number}]", key, names
