"""``/book/<centre>/questions``: three questions for whoever does not know what to choose. Each answer is an address."""

from datetime import date
from typing import Final
from urllib.parse import urlencode

import msgspec
from aiohttp import web
from markupsafe import Markup

from queue_server.catalogue.model import day_rule
from queue_server.domain.values import GovernmentId
from queue_server.web.booking import costs
from queue_server.web.booking.choice import SERVICE, governments
from queue_server.web.booking.context import BookingContext, context_of_path, draw
from queue_server.web.booking.questions import ServiceTopic, topics
from queue_server.web.booking.show import GOVERNMENT, OfferLink, asked_government, government_name
from queue_server.web.information.reading import PATH as INFORMATION
from queue_server.web.print_footer import foot_of
from queue_server.web.view_context import name_in

_TODAY: Final = "today"
_ABOUT: Final = "about"
_UNSURE: Final = "unsure"


class AnswerGroup(msgspec.Struct, frozen=True):
    """Answers under a ``heading``, which may be empty; ``without`` names what needs no appointment."""

    heading: str
    answers: tuple[OfferLink, ...]
    without: str = ""


class QuestionPage(msgspec.Struct, frozen=True):
    """``number`` is 0 where nothing more is asked; ``links`` then say where to go on."""

    number: int
    title: Markup
    sentence: Markup
    groups: tuple[AnswerGroup, ...] = ()
    links: tuple[OfferLink, ...] = ()


async def show_questions(request: web.Request) -> web.Response:
    """Ask the next question, or say what the answers come to."""
    here = context_of_path(request)
    government = asked_government(here, governments(here.setup))
    if government is None:
        raise web.HTTPSeeOther(here.path(query=here.choice.query()))
    return draw(
        request,
        here.reader.language,
        "questions",
        centre_name=here.centre_name,
        secret=False,
        packed=True,
        page=_page(here, government),
        government=government_name(here, government),
        back_href=here.path(query=here.choice.query((GOVERNMENT, government))),
        foot=foot_of(here.centre.facts.catalogue.centre, here.reader),
    )


def _page(here: BookingContext, government: GovernmentId) -> QuestionPage:
    asked, found = here.request.query, topics(here.setup, government)
    if asked.get(_TODAY) == "yes":
        return _come_now(here, government)
    if asked.get(_TODAY) != "no":
        return _first(here, government)
    if asked.get(_ABOUT) == _UNSURE:
        return _come_and_ask(here, government)
    about = next((one for one in found if one.id == asked.get(_ABOUT)), None)
    return _second(here, government, found) if about is None else _third(here, government, about)


def _path(here: BookingContext, government: GovernmentId, **answers: str) -> str:
    return here.path("questions", here.choice.query((GOVERNMENT, government), *answers.items()))


def _first(here: BookingContext, government: GovernmentId) -> QuestionPage:
    _ = here.reader.words
    return QuestionPage(
        1,
        _("Does somebody need help today?"),
        _("For example: somebody is in danger or ill, has no money, or cannot travel because a passport is gone."),
        (
            AnswerGroup(
                "",
                (
                    OfferLink(_("Yes, today"), _path(here, government, today="yes")),
                    OfferLink(_("No, it can wait for some days"), _path(here, government, today="no")),
                ),
            ),
        ),
    )


def _second(here: BookingContext, government: GovernmentId, found: tuple[ServiceTopic, ...]) -> QuestionPage:
    _ = here.reader.words
    answers = [
        OfferLink(name_in(one.names, here.reader.language, one.id), _path(here, government, today="no", about=one.id))
        for one in found
    ]
    unsure = OfferLink(_("Something else, or I am not sure"), _path(here, government, today="no", about=_UNSURE))
    return QuestionPage(2, _("What is it about?"), Markup(), (AnswerGroup("", (*answers, unsure)),))


def _third(here: BookingContext, government: GovernmentId, about: ServiceTopic) -> QuestionPage:
    _, language = here.reader.words, here.reader.language
    today = date.fromisoformat(day_rule(here.setup).day_at(here.now))
    groups = [
        AnswerGroup(
            name_in(kind.names, language, "") if len(about.kinds) > 1 else "",
            tuple(
                OfferLink(
                    name_in(one.name, language, one.id),
                    here.path("people", here.choice.query((SERVICE, one.id))),
                    costs.service_note(here.setup, one.id, today, here.reader),
                )
                for one in kind.services
                if one.bookable and one.id not in here.choice.services
            ),
            _(", ").join(name_in(one.name, language, one.id) for one in kind.services if not one.bookable),
        )
        for kind in about.kinds
    ]
    unsure = OfferLink(_("None of these, or I am not sure"), _path(here, government, today="no", about=_UNSURE))
    return QuestionPage(3, _("What do you need?"), Markup(), (*groups, AnswerGroup("", (unsure,))))


def _come_now(here: BookingContext, government: GovernmentId) -> QuestionPage:
    _ = here.reader.words
    return QuestionPage(
        0,
        _("Come as soon as you can"),
        _("You need no appointment. Take a number at the entrance, and tell the staff that it cannot wait."),
        links=(
            OfferLink(_("Whom you can call now"), f"{INFORMATION}?{_information(here)}"),
            OfferLink(_("Book a time all the same"), _path(here, government, today="no")),
        ),
    )


def _come_and_ask(here: BookingContext, government: GovernmentId) -> QuestionPage:
    _ = here.reader.words
    return QuestionPage(
        0,
        _("Come and ask"),
        _("You need no appointment: take a number at the entrance. The staff find out with you what you need."),
        links=(
            OfferLink(_("Read about the centre"), f"{INFORMATION}?{_information(here)}"),
            OfferLink(_("Look at all services"), here.path(query=here.choice.query((GOVERNMENT, government)))),
        ),
    )


def _information(here: BookingContext) -> str:
    return urlencode({"centre": here.centre.id, "lang": here.reader.language})
