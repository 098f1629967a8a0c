"""The page on which managers add devices, over HTTP: a code is made, shown to whoever made it, and goes once used."""

from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
import structlog
from aiohttp import web
from sqlalchemy import Connection

from queue_server.accounts import device_store, tokens
from queue_server.accounts.model import AccountRules, DeviceKind, Session
from queue_server.contract.base import Line
from queue_server.contract.enrolment_text import EnrolmentText, EnrolmentTextError
from queue_server.contract.server_route import fingerprints
from queue_server.domain.values import SECOND, Micros
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER, Server
from queue_server.framework.settings import HttpSettings
from queue_server.vault.keys import Keys
from queue_server.web import forms, staff
from queue_server.web.enrolment import made_code, presenter
from queue_server.web.enrolment.made_code import MadeCode
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.times import next_minute
from queue_server.web.view_context import name_in

_log = structlog.get_logger(__name__)

_PATH: Final = "/enrolment"
#: How often it is looked whether a code has been used.
_LOOK: Final = 2 * SECOND


class _Wanted(msgspec.Struct, frozen=True):
    """What a form asks for."""

    kind: DeviceKind
    name: Line


async def show(request: web.Request) -> web.Response:
    """Show the page to a manager, or the way to the sign-in."""
    return await _draw(request, "enrolment/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, "enrolment/page.html")


async def make(request: web.Request) -> web.Response:
    """Make a code, and show it to this session alone."""
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    desk, server = request.app[DESK], request.app[SERVER]
    try:
        wanted = msgspec.convert({"kind": form.get("kind"), "name": form.get("name", "").strip()}, _Wanted)
    except msgspec.ValidationError:
        raise web.HTTPSeeOther(f"{_PATH}?wrong=name") from None
    if wanted.kind not in presenter.KINDS:
        raise NotFoundError
    if not _address(server):
        raise web.HTTPSeeOther(_PATH)
    key, now, rules = server[Keys].sessions, desk.clock(), server.settings[AccountRules]
    code = await desk.log.write(
        lambda found: device_store.enrol_code(
            found, wanted.kind, wanted.name, session.centre, None, key=key, now=now, rules=rules
        )
    )
    _log.info("enrolment-code-made", kind=wanted.kind, centre=session.centre, by=f"staff/{session.staff}")
    ends = Micros(now + rules.enrolment_code_s * SECOND)
    made = made_code.seal(MadeCode(code, wanted.kind, wanted.name, ends), key, session.id)
    raise web.HTTPSeeOther(f"{_PATH}?made={made}")


async def send_file(request: web.Request) -> web.Response:
    """Give the text as a file, as long as it can be used."""
    session = await signed_in(request)
    made, is_alive = await _made(request, session)
    if made is None or not is_alive:
        raise NotFoundError
    server = request.app[SERVER]
    text = EnrolmentText(_address(server), made.code, _authority(server)).written()
    name = presenter.file_name(made)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return web.Response(text=f"{text}\n", content_type="text/plain", headers=headers)


async def _made(request: web.Request, session: Session) -> tuple[MadeCode | None, bool]:
    """Read what the address of the page holds, and whether that code can be used now."""
    desk, ring = request.app[DESK], tuple(request.app[SERVER][Keys].rings["sessions"])
    made = made_code.unseal(request.query.get("made", ""), ring, session.id)
    if made is None:
        return None, False
    digests, now = [tokens.code_digest(key, made.code) for key in ring], desk.clock()

    def look(connection: Connection) -> bool:
        return device_store.is_alive(connection, digests, session.centre, now)

    return made, await desk.log.run(look)


async def _draw(request: web.Request, template: str) -> web.Response:
    session, desk, server = await signed_in(request), request.app[DESK], request.app[SERVER]
    now, here = desk.clock(), desk.centres[session.centre].facts.catalogue.centre
    reader = desk.reader(desk.language(request), here.zone)
    made, is_alive = await _made(request, session)
    page = presenter.page(
        reader, _address(server), _authority(server), request.query.get("made", ""), made, is_alive=is_alive, now=now
    )
    if request.query.get("wrong") == "name":
        page = presenter.wrong_name(reader, page)
    values: dict[str, Any] = {
        "page": page,
        "news": "",
        "helps": (),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": (("?", reader.words("All keys"), reader.words("always")),),
        **staff.values(
            session,
            reader,
            here=_PATH,
            centre_name=name_in(here.name, reader.language, session.centre),
            now=now,
            refresh_at=Micros(next_minute(now) if page.card is None else now + _LOOK),
            rules=desk.page_rules,
        ),
    }
    text = desk.site.render(template, reader.language, values)
    return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})


def _address(server: Server) -> str:
    """Say how devices reach this server: as is announced to them, else as staff do; "" where nobody knows."""
    announced = server.settings[HttpSettings].device_urls
    address = str(announced[0]) if announced else server.staff_url or server.place.address
    try:
        EnrolmentText(address, "00000000").check()
        is_everywhere = ip_address(urlsplit(address).hostname or "").is_unspecified
    except EnrolmentTextError:
        return ""
    except ValueError:
        # A name.
        return address
    return "" if is_everywhere else address


def _authority(server: Server) -> str:
    """Give the fingerprint of the own authority in force; "" where this server has none, or does not speak TLS."""
    found = server.authorities()
    return fingerprints(found[0].encode())[0] if found and _address(server).startswith("https://") else ""
