"""Pages of information as messages of the API. Pure."""

from collections.abc import Collection, Mapping
from datetime import date

from queue_server.catalogue.model import Setup
from queue_server.contract import information as m
from queue_server.domain.values import Actor, to_datetime
from queue_server.framework.words import Languages
from queue_server.information import rendering
from queue_server.information.filling import Filling
from queue_server.information.model import EmergencyContact, InformationPage, PageRevision
from queue_server.information.telephone import shown


def answer(setup: Setup, day: date, pages: Collection[PageRevision], languages: Languages) -> m.InformationAnswer:
    """Say what people read on a day, in every language in which it was written."""
    fillings: dict[str, Filling] = {}

    def filling(language: str) -> Filling:
        if language not in fillings:
            fillings[language] = Filling(setup, day, language, languages.choose(language)[1])
        return fillings[language]

    def topic(page: InformationPage) -> m.InformationTopicView:
        return m.InformationTopicView(
            topic=page.topic,
            kind=page.kind.value,
            texts={
                language: m.InformationTextView(one.title, rendering.blocks(one.text, setup, filling(language)))
                for language, one in page.texts.items()
            },
            contacts=contacts(page.contacts),
            reviewed=page.reviewed,
            valid_until=page.valid_until,
            government=page.government,
            service=page.service,
        )

    return m.InformationAnswer(setup.centre.id, day, tuple(topic(one.page) for one in pages if one.page is not None))


def contacts(found: Collection[EmergencyContact]) -> tuple[m.InformationContactView, ...]:
    return tuple(
        m.InformationContactView(one.name, one.telephone, shown(one.telephone), dict(one.hours)) for one in found
    )


def page(revision: PageRevision, names: Mapping[Actor, str]) -> m.InformationPageAnswer:
    """Show a page as it is stored; ``names`` are those of the staff."""
    one = revision.page
    assert one is not None  # noqa: S101 - asked before
    return m.InformationPageAnswer(
        topic=one.topic,
        version=revision.version,
        at=to_datetime(revision.at),
        by=names.get(revision.actor, revision.actor),
        kind=one.kind.value,
        owner=one.owner,
        reviewed=one.reviewed,
        valid_until=one.valid_until,
        government=one.government,
        service=one.service,
        texts={tag: m.InformationTextAnswer(text.title, text.text, text.stale) for tag, text in one.texts.items()},
        contacts=contacts(one.contacts),
    )


def revision(one: PageRevision, names: Mapping[Actor, str]) -> m.InformationRevisionView:
    return m.InformationRevisionView(
        one.version, to_datetime(one.at), names.get(one.actor, one.actor), one.page is None
    )
