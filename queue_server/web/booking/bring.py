"""What a party that books brings: the checklists of its services, each thing once with who needs it. Pure."""

from collections import Counter
from typing import NamedTuple

from markupsafe import Markup

from queue_server.catalogue.model import Setup, tariff
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.domain.requirements import items
from queue_server.requirements.party_checklist import counted, lines_of
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.requirements.wording import name, wanted
from queue_server.web.view_context import PageReader


class BringLine(NamedTuple):
    """A thing: ``note`` says in which form and when; ``people`` for how many, where they are several."""

    name: str
    note: Markup
    people: Markup


def bring_lines(
    catalogue: ServicesAnswer, setup: Setup, choice: BookingChoice, reader: PageReader
) -> tuple[BringLine, ...]:
    """List what a party is asked for; nothing where the centre has no list."""
    lines = lines_of(catalogue, choice.services)
    people = counted(tariff(setup), choice.headcounts, choice.party_size)
    needed = Counter((one.service, one.requirement) for one in items(lines, people))
    return tuple(
        BringLine(
            name(line.name, reader.language),
            wanted(reader.words, line, reader.language),
            reader.words.ngettext("for %(count)s person", "for each of %(count)s people", count)
            if line.per == "person" and count > 1
            else Markup(),
        )
        for service, line in lines
        if (count := needed[service, line.id])
    )
