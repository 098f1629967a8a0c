"""Turns a centre's day and its devices into the manager page. Pure: everything comes in, the time too."""

from markupsafe import Markup

from queue_server.domain.values import MINUTE, Micros, to_micros
from queue_server.web import help_calls, times, wording
from queue_server.web.manager import alarm_rows, chart, checks, columns, devices, notices, panels, services
from queue_server.web.manager.figures import Figures, figures
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import HeadlineFigure, ManagerPage


def manager_page(scene: ManagerView, refresh_ms: int) -> ManagerPage:
    """Show the centre as managers should see it at ``scene.now``; time alone changes it after ``refresh_ms``."""
    numbers = figures(scene.state, scene.known.plates, scene.now)
    alarms, ended = alarm_rows.all_rows(scene), help_calls.ended(scene)
    before = not scene.state.visits
    head, lead = _beginning(scene) if before else (scene.words("The centre now"), Markup())
    return ManagerPage(
        stage="before" if before else "live",
        head=head,
        lead=lead,
        now=scene.now,
        refresh_at=Micros(min(times.next_minute(scene.now), scene.now + refresh_ms * 1000)),
        news=" ".join((*(alarm.announcement for alarm in alarms), *map(wording.plain, help_calls.news(scene, ended)))),
        figures=_figures(scene, numbers),
        columns=columns.columns(scene),
        panels=panels.panels(scene),
        chart=chart.chart(scene),
        alarms=alarms,
        ended=ended,
        notices=notices.rows(scene),
        intake=notices.intake(scene),
        services=services.groups(scene),
        closed=services.closed(scene),
        groups=devices.groups(scene),
        devices=devices.rows(scene),
        checks=checks.checks(scene) if before else (),
    )


def _beginning(scene: ManagerView) -> tuple[Markup, Markup]:
    """Heading and sentence of a day on which nobody has come yet."""
    _, now = scene.words, scene.now
    openings = [(to_micros(one.opens), to_micros(one.closes)) for one in scene.known.catalogue.centre.openings]
    coming = next(((opens, closes) for opens, closes in openings if closes > now), None)
    if coming is None:
        return _("Nobody has come yet today"), _("A ticket appears here by itself.")
    opens, _closes = coming
    time = scene.clock.hhmm(opens)
    if opens <= now:
        lead = _("The doors are open since %(time)s. A ticket appears here by itself.", time=time)
        return _("Nobody has come yet today"), lead
    if scene.clock.local(opens).date() != scene.clock.local(now).date():
        lead = _("The doors open next on %(day)s at %(time)s.", day=scene.clock.day(opens, "EEEE d MMMM"), time=time)
        return _("The centre is closed"), lead
    minutes = -(-(opens - now) // MINUTE)
    lead = _.ngettext(
        "The doors open at %(time)s, in %(count)s minute. Nobody is waiting yet.",
        "The doors open at %(time)s, in %(count)s minutes. Nobody is waiting yet.",
        minutes,
        time=time,
    )
    return _("Before the doors open"), lead


def _figures(scene: ManagerView, numbers: Figures) -> tuple[HeadlineFigure, ...]:
    _ = scene.words
    share = wording.share(_, numbers.kept, numbers.called)
    return (
        HeadlineFigure(str(numbers.waiting), _("waiting")),
        HeadlineFigure(str(numbers.with_staff), _("called or with staff")),
        HeadlineFigure(str(numbers.people), _.ngettext("person in the centre", "people in the centre", numbers.people)),
        HeadlineFigure(str(sum(numbers.overdue.values())), _where(scene, numbers), bad=bool(numbers.overdue)),
        HeadlineFigure(share, _("promises kept today")),
        HeadlineFigure(str(numbers.finished), _.ngettext("visit finished", "visits finished", numbers.finished)),
        HeadlineFigure(
            str(numbers.open_counters),
            _.ngettext("counter open", "counters open", numbers.counters),
            _("of %(all)s", all=numbers.counters),
        ),
    )


def _where(scene: ManagerView, numbers: Figures) -> Markup:
    """Say where the overdue visits are."""
    _, steps = scene.words, list(numbers.overdue)
    if not steps:
        return _("overdue")
    if len(steps) == 1:
        return _("overdue, at %(step)s", step=scene.step(steps[0]))
    return _("overdue, most at %(step)s", step=scene.step(steps[0]))
