"""Words of accounts and sessions. Pure."""

from collections.abc import Mapping

from markupsafe import Markup

from queue_server.accounts.agents import Browser, Machine, UserAgent
from queue_server.accounts.factors import Factor
from queue_server.accounts.model import FactorKind, Role, SessionId
from queue_server.accounts.sign_in_news import News, What
from queue_server.accounts.signed_in import SignedIn
from queue_server.accounts.strength import LEAST, Weakness
from queue_server.centre.views import Facts
from queue_server.domain.values import MINUTE, CentreId, Micros
from queue_server.web.account.page import FactorLine, NewsLine, SessionLine
from queue_server.web.view_context import PageReader, name_in
from queue_server.web.wording import MarkupTranslations


def line(
    one: SignedIn, centres: Mapping[CentreId, Facts], reader: PageReader, *, now: Micros, me: SessionId, home: CentreId
) -> SessionLine:
    """Write a session for whoever is at the centre ``home``; another centre is named."""
    _ = reader.words
    used = _("now") if now - one.last_seen < 2 * MINUTE else moment(reader, one.last_seen, now)
    return SessionLine(
        id=one.id,
        where=_where(one, centres, reader, home),
        within=within(_, one.agent),
        since=moment(reader, one.created, now),
        used=used,
        here=one.id == me,
    )


def _where(one: SignedIn, centres: Mapping[CentreId, Facts], reader: PageReader, home: CentreId) -> Markup:
    _, facts = reader.words, centres.get(one.centre)
    plate = None if facts is None or one.counter is None else facts.plates.get(one.counter)
    place = _("No counter") if plate is None else _("Counter %(plate)s", plate=plate.name)
    if one.centre == home:
        return place
    name = one.centre if facts is None else name_in(facts.catalogue.centre.name, reader.language, one.centre)
    return _("%(place)s, %(centre)s", place=place, centre=name)


def news(one: News, reader: PageReader, now: Micros) -> NewsLine:
    """Write what somebody is asked about."""
    _ = reader.words
    head = {
        What.WRONG_PASSWORD: _.ngettext("Wrong password, once", "Wrong password, %(count)s times", one.times),
        What.NEW_BROWSER: _.ngettext(
            "Signed in at a new browser, once", "Signed in at new browsers, %(count)s times", one.times
        ),
    }[one.what]
    return NewsLine(head, within(_, one.agent), moment(reader, one.at, now))


def within(_: MarkupTranslations, agent: UserAgent) -> Markup:
    """Name a browser and its machine."""
    names = {
        Browser.FIREFOX: Markup("Firefox"),
        Browser.EDGE: Markup("Edge"),
        Browser.OPERA: Markup("Opera"),
        Browser.CHROME: Markup("Chrome"),
        Browser.SAFARI: Markup("Safari"),
        Browser.OTHER: _("A browser"),
    }
    return {
        Machine.PHONE: _("%(browser)s on a phone", browser=names[agent.browser]),
        Machine.TABLET: _("%(browser)s on a tablet", browser=names[agent.browser]),
        Machine.WINDOWS: _("%(browser)s on Windows", browser=names[agent.browser]),
        Machine.MAC: _("%(browser)s on a Mac", browser=names[agent.browser]),
        Machine.CHROMEBOOK: _("%(browser)s on a Chromebook", browser=names[agent.browser]),
        Machine.LINUX: _("%(browser)s on Linux", browser=names[agent.browser]),
        Machine.OTHER: names[agent.browser],
    }[agent.machine]


def moment(reader: PageReader, at: Micros, now: Micros) -> Markup:
    """Write when something was, as people say it."""
    _, clock = reader.words, reader.clock
    time = Markup('<bdi dir="ltr">{}</bdi>').format(clock.hhmm(at))
    if clock.local(at).date() == clock.local(now).date():
        return _("today %(time)s", time=time)
    return _("%(day)s %(time)s", day=clock.day(at), time=time)


def factor(reader: PageReader, one: Factor, now: Micros) -> FactorLine:
    """Write a second factor."""
    _ = reader.words
    name, icon = (
        (_("Codes of a phone"), "key") if one.kind is FactorKind.CODE else (_("Passkey or security key"), "lock")
    )
    used = moment(reader, one.created if one.used_at is None else one.used_at, now)
    return FactorLine(one.id, name, icon, moment(reader, one.created, now), used)


def role(_: MarkupTranslations, value: Role) -> Markup:
    return {
        Role.RECEPTION: _("Reception"),
        Role.COUNTER: _("Counter"),
        Role.CASHIER: _("Cash desk"),
        Role.CUSTODY: _("Custody"),
        Role.MANAGER: _("Manager"),
        Role.AUDITOR: _("Audit"),
        Role.LEAD: _("Lead of a team"),
        Role.ADMINISTRATOR: _("Administrator"),
    }[value]


def weakness(_: MarkupTranslations, value: Weakness) -> Markup:
    """Say what is wrong with a new password, and what to do."""
    return {
        Weakness.SHORT: _("The new password is too short: %(count)s characters at least.", count=LEAST),
        Weakness.LONG: _("The new password is too long."),
        Weakness.NAMED: _("The new password is little more than your staff name. Add words of your own."),
        Weakness.SIMPLE: _("The new password is one that is tried first. Add words of your own."),
        Weakness.SAME: _("The new password is the old one."),
    }[value]
