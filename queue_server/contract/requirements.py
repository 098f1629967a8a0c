"""Messages of what to bring: the checklists of services."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from queue_server.contract.base import Message, Name, Names
from queue_server.domain.requirements import RequiredForm, RequirementId, RequirementKind
from queue_server.domain.values import BandId, CurrencyCode, ServiceId


class RequirementView(Message, frozen=True):
    """One thing to bring, or somebody who has to come."""

    id: RequirementId
    """Short name of the line, as ticks name it."""
    kind: RequirementKind
    """What it is; `fee` stands in no catalogue: it follows from the tariff."""
    name: Names
    """What it is called, by language."""
    note: Names = msgspec.field(default_factory=dict)
    """A word more about it, by language; empty where there is none."""
    form: RequiredForm | None = None
    """Whether the original of a document is wanted, a copy, or either; null where that makes no difference."""
    translated: bool = False
    """Whether a translation is needed."""
    per: Literal["person", "party"] = "person"
    """Whether each person needs it, or the whole party once."""
    bands: tuple[BandId, ...] = ()
    """Ids of the age bands that need it; empty where all do."""
    only: Names = msgspec.field(default_factory=dict)
    """When it is needed, by language; empty where it always is."""


class ServiceChecklist(Message, frozen=True):
    """What to bring for some services."""

    services: tuple[ServiceId, ...]
    """Ids of the services for which it is."""
    owner: Names
    """Who answers for it, by language: an office, never a person."""
    reviewed: date
    """When they last looked through it."""
    lines: tuple[RequirementView, ...]
    """Its lines, in their order."""


class RequirementFee(Message, frozen=True):
    """What has to be paid, in one currency."""

    amount: int
    """In whole minor units of ``currency``."""
    currency: CurrencyCode
    """The currency (ISO 4217, three letters)."""


class PersonRequirements(Message, frozen=True):
    """What one person, or all of them together, bring."""

    band: BandId
    """Id of the age band; `party`: of all of them together, `anyone`: the centre counts nobody by age."""
    number: int
    """Which person of that age band, from 1."""
    lines: tuple[RequirementId, ...]
    """Ids of the lines, in their order."""


class RequirementsAnswer(Message, frozen=True):
    """What to bring for a service."""

    service: ServiceId
    """Id of the service."""
    lines: tuple[RequirementView, ...]
    """What is asked for; empty where the centre has no list."""
    people: tuple[PersonRequirements, ...]
    """Who of the party needs what."""
    fees: tuple[RequirementFee, ...]
    """What all of it costs today, in each currency that may be paid; empty where it costs nothing here."""
    owner: Names = msgspec.field(default_factory=dict)
    """Who answers for the list, by language; empty where there is none."""
    reviewed: date | None = None
    """When they last looked through it; null where there is no list."""


class StatedItem(Message, frozen=True):
    """One thing of one person, as a checklist names it."""

    service: Name
    """Id of the service on whose checklist it stands."""
    requirement: Name
    """Id of the line."""
    band: Name
    """Id of the age band of the person; `party`: of all of them together."""
    number: Annotated[int, Meta(ge=1, le=20)] = 1
    """Which person of that age band, from 1."""
