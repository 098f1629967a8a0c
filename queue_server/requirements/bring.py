"""What a party that books brings: the checklists of its services, each thing once with who needs it. Pure."""

from collections import Counter
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from queue_server.contract.catalogue import ServicesAnswer
from queue_server.domain.requirements import items
from queue_server.domain.tariff import Headcount, Tariff
from queue_server.domain.values import ServiceId
from queue_server.framework.words import PageTranslations
from queue_server.requirements.own_words import for_people, name, wanted
from queue_server.requirements.party_checklist import counted, lines_of


class BringLine(msgspec.Struct, frozen=True):
    """A thing: ``note`` says in which form and when; ``people`` for how many, where they are several."""

    name: str
    note: Markup
    people: Markup


def bring_lines(  # noqa: PLR0917 - who comes, for what, by which list, and who reads it
    catalogue: ServicesAnswer,
    tariff: Tariff,
    services: Sequence[ServiceId],
    people: Sequence[Headcount],
    size: int,
    translations: PageTranslations,
    language: str,
) -> tuple[BringLine, ...]:
    """List what a party is asked for; nothing where the centre has no list."""
    lines = lines_of(catalogue, services)
    needed = Counter((one.service, one.requirement) for one in items(lines, counted(tariff, people, size)))
    return tuple(
        BringLine(
            name(line.name, language),
            wanted(translations, line, language),
            for_people(translations, count) if line.per == "person" and count > 1 else Markup(),
        )
        for service, line in lines
        if (count := needed[service, line.id])
    )
