"""Keeping what was tried by a name, and forgetting it again: forms that the page sends."""

from typing import Final
from urllib.parse import parse_qsl

from aiohttp import web
from multidict import MultiDict

from queue_server.centre.centres import Centres
from queue_server.domain.values import new_id
from queue_server.framework.server import SERVER
from queue_server.web import forms
from queue_server.web.forecast import saved_plans
from queue_server.web.forecast.forecast_query import ForecastQuery, address, query, read
from queue_server.web.page_context import signed_in

#: Letters of a name.
MAX_NAME: Final = 40


def asked_of(text: str) -> ForecastQuery:
    """Read what stands in the query of an address."""
    return read(MultiDict(parse_qsl(text)))


async def save_plan(request: web.Request) -> web.Response:
    """Keep what is tried; without a name or without a change nothing is kept."""
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    server, asked = request.app[SERVER], asked_of(form.get("query", ""))
    name = " ".join(form.get("name", "").split())[:MAX_NAME]
    back = address(asked.changes, asked.step, asked.beside)
    if name and asked.changes:
        centre = server[Centres].find(session.centre)
        plan = saved_plans.SavedPlan(new_id(), centre.state.day, name, query(asked.changes), server.clock())
        await server.log.write(lambda connection: saved_plans.store_plan(connection, session.centre, plan))
    raise web.HTTPSeeOther(f"{back}#kept-head")


async def delete_plan(request: web.Request) -> web.Response:
    """Keep a plan no longer."""
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    asked, ident = asked_of(form.get("query", "")), form.get("plan", "")
    await request.app[SERVER].log.write(lambda connection: saved_plans.delete_plan(connection, session.centre, ident))
    beside = "" if asked.beside == ident else asked.beside
    raise web.HTTPSeeOther(f"{address(asked.changes, asked.step, beside)}#kept-head")
