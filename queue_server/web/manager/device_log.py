"""The log that a device sent, as a file: text, whatever stands in it. It is recorded who reads it."""

import re
from typing import Final

from aiohttp import web

from queue_server.accounts import command_store
from queue_server.domain.device_commands import DeviceCommandId
from queue_server.domain.values import Actor
from queue_server.framework.server import SERVER
from queue_server.web.page_context import DESK, signed_in

_UNFIT: Final = re.compile(r"[^a-z0-9]+")


async def send_log(request: web.Request) -> web.Response:
    """Give a log of a device of the centre of whoever asks.

    Raises:
        DeviceLogUnknownError: there is none, or not any more.
    """
    session, now = await signed_in(request), request.app[SERVER].clock()
    ident, actor = DeviceCommandId(request.match_info["command"]), Actor(f"staff/{session.staff}")
    found = await request.app[DESK].log.write(
        lambda connection: command_store.read_log(connection, session.centre, ident, actor=actor, now=now)
    )
    stamp = f"{found.answer.at:%Y%m%d-%H%M}"
    name = "-".join(part for part in (_UNFIT.sub("-", found.name.lower()).strip("-"), "log", stamp) if part)
    headers = {"Content-Disposition": f'attachment; filename="{name}.txt"', "Cache-Control": "no-store"}
    return web.Response(text=found.answer.text, content_type="text/plain", charset="utf-8", headers=headers)
