"""The page of a ticket and web push: the worker that shows one sentence, and phones that ask to be told."""

from http import HTTPStatus
from typing import Final

import msgspec
from aiohttp import web

from queue_server.centre.centres import Centres
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER
from queue_server.push import subscribing
from queue_server.web import forms
from queue_server.web.page_context import DESK
from queue_server.web.site import choose_language, is_rtl
from queue_server.web.ticket import find

#: The script whose first line is written for each language.
_WORKER: Final = "js/ticket-worker.js"


async def send_worker(request: web.Request) -> web.Response:
    """Send the service worker of a language: it is all that knows a word once the page is closed."""
    language = choose_language((request.query.get("lang", ""),), request.headers.get("Accept-Language", ""))
    site = request.app[DESK].site
    words = site.words[language]
    sentence = str(words("Please look at your ticket").unescape())
    values = {"sentence": sentence, "language": language, "direction": "rtl" if is_rtl(language) else "ltr"}
    text = f"const words = {msgspec.json.encode(values).decode()};\n{site.assets[_WORKER].body.decode()}"
    return web.Response(text=text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def subscribe(request: web.Request) -> web.Response:
    """Have a phone told when the visit is called."""
    await _change(request, on=True)
    return web.Response(status=HTTPStatus.NO_CONTENT)


async def unsubscribe(request: web.Request) -> web.Response:
    """Tell a phone no more."""
    await _change(request, on=False)
    return web.Response(status=HTTPStatus.NO_CONTENT)


async def _change(request: web.Request, *, on: bool) -> None:
    form, server = await forms.public_fields(request), request.app[SERVER]
    found = find(request.app[DESK], request.match_info["token"])
    if found is None:
        raise NotFoundError
    live, visit = found
    centre, endpoint = server[Centres][live.state.centre], form.get("endpoint", "")
    if on:
        await subscribing.subscribe(server, centre, visit, endpoint, form.get("key", ""))
    else:
        await subscribing.unsubscribe(server, centre, visit, endpoint)
