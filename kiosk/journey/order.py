"""What a person comes for: services, and the people that they are for, with one number, and paid at once."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from kiosk.journey.context import Choosing, Context
from kiosk.journey.offer import text
from kiosk.journey.page import Fee
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.tariff import ANYONE, Headcount
from queue_server.domain.values import BandId


class Chosen(msgspec.Struct, frozen=True):
    """A service that was chosen, and the government that it is for; ``icon`` is that of its kind."""

    id: str
    service: str
    government: str
    icon: str = ""


class AgeBandCount(msgspec.Struct, frozen=True):
    """People of an age, who are counted: from ``from_age`` years to ``to_age``, -1: and older.

    ``label`` is empty where the centre counts nobody by age. ``fee`` is what each of them pays, None where that cannot
    be said; ``free``: nothing.
    """

    id: str
    label: str = ""
    from_age: int = 0
    to_age: int = -1
    count: int = 0
    fee: Fee | None = None
    free: bool = False


def wanted(context: Context) -> tuple[Choosing, ...]:
    """List what was chosen, each service once."""
    now = (Choosing(context.government, context.kind, context.service),) if context.service else ()
    return tuple({one.service: one for one in (*context.before, *now)}.values())


def services(context: Context) -> tuple[str, ...]:
    return tuple(one.service for one in wanted(context))


def people(context: Context, around: Surroundings) -> tuple[Headcount, ...]:
    """Count the party: one of the first age where nobody has said more."""
    return around.offer.tariff.counted(context.people or (Headcount(ANYONE, 1),))


def can_add(context: Context, around: Surroundings) -> bool:
    had = set(services(context))
    others = (one for one in around.offer.services if one.government == context.government and one.id not in had)
    return len(had) < around.offer.most and next(others, None) is not None


def added(context: Context) -> Context:
    """Begin to choose another service of the same government."""
    return replace(context, before=wanted(context), kind="", service="")


def withdraw_service(context: Context) -> Context:
    """Choose no other service after all."""
    *before, last = context.before
    return replace(context, before=tuple(before), government=last.government, kind=last.kind, service=last.service)


def taken_back(context: Context) -> Context | None:
    """Choose no other service after all; None where nobody adds one."""
    return withdraw_service(context) if context.before else None


def can_be_more(context: Context, around: Surroundings) -> bool:
    """Tell whether there is anything to ask: a centre may give one number to one person with one service."""
    del context
    return around.offer.party > 1 or around.offer.most > 1


def can_be_several(context: Context, around: Surroundings) -> bool:
    del context
    return around.offer.party > 1


def chosen(context: Context, around: Surroundings) -> tuple[Chosen, ...]:
    """Name what was chosen, in the person's language."""
    return tuple(_chosen(one, context, around) for one in wanted(context))


def bands(context: Context, around: Surroundings, counted: Iterable[Headcount]) -> tuple[AgeBandCount, ...]:
    """List the ages of the catalogue, with how many people of each, and what each of them pays."""
    offer, count = around.offer, {one.band: one.count for one in counted}
    known = offer.bands
    if not known:
        return (
            AgeBandCount(
                ANYONE,
                count=sum(count.values()),
                fee=_fee(context, around, ANYONE),
                free=_free(context, around, ANYONE),
            ),
        )
    return tuple(
        AgeBandCount(
            one.id,
            text(one.name, context.language),
            one.from_age,
            -1 if one.to_age is None else one.to_age,
            count.get(one.id, 0),
            _fee(context, around, one.id),
            _free(context, around, one.id),
        )
        for one in known
    )


def counted(people: Iterable[Headcount], around: Surroundings, band: str, change: int) -> tuple[Headcount, ...]:
    """Count one more or one less of an age, in the order of the catalogue."""
    known = [one.id for one in around.offer.bands] or [ANYONE]
    count = {one.band: one.count for one in people}
    if band in known:
        count[BandId(band)] = max(0, count.get(BandId(band), 0) + change)
    return tuple(Headcount(one, count[one]) for one in known if count.get(one))


def _fee(context: Context, around: Surroundings, band: BandId) -> Fee | None:
    return around.offer.each(services(context), band)


def _free(context: Context, around: Surroundings, band: BandId) -> bool:
    """Tell whether one of an age pays nothing where others pay something."""
    offer, asked = around.offer, services(context)
    others = any(offer.costs(asked, one) for one in (*(each.id for each in offer.bands), ANYONE))
    return others and not offer.costs(asked, band)


def _chosen(one: Choosing, context: Context, around: Surroundings) -> Chosen:
    service = around.offer.service(one.government, one.kind, one.service)
    government = around.offer.government(one.government)
    return Chosen(
        one.service,
        text(service.name, context.language) if service else "",
        text(government.name, context.language) if government else "",
        around.offer.icon(service) if service else "",
    )
