"""One look at the public pages of forms: the centre, the reader, and in which language forms are read.

A form is read in whatever language its centre has, also one in which this product has no words of its own: those are
then English, and each piece says in which language it is.
"""

import hmac
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from aiohttp import web
from babel.core import UnknownLocaleError

from queue_server.catalogue.forms import FormDefinition
from queue_server.centre.centres import Centre, Centres
from queue_server.domain.values import Actor, Micros
from queue_server.forms.filling import Filler
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER, Server
from queue_server.vault.keys import Keys
from queue_server.web.page_context import DESK, WebContext
from queue_server.web.site import choose_language, is_rtl, language_name
from queue_server.web.view_context import PageReader, name_in

#: Where the pages are.
PATH = "/forms"
#: Whoever fills in a form at home is nobody that the server knows.
PUBLIC = Actor("public")

#: Hexadecimal digits of the time in an id, in milliseconds (RFC 9562, section 5.7).
_TIME_DIGITS: Final = 12


class FillingContext(msgspec.Struct, frozen=True):
    """``language`` is that of forms, ``reader`` has our own words; ``token`` is that of an appointment, or empty."""

    request: web.Request
    server: Server
    desk: WebContext
    centre: Centre
    reader: PageReader
    language: str
    now: Micros
    token: str

    @property
    def centre_name(self) -> str:
        return name_in(self.centre.setup.setup.centre.name, self.language, self.centre.id)

    @property
    def rtl(self) -> bool:
        try:
            return is_rtl(self.language)
        except (UnknownLocaleError, ValueError):
            return False

    def path(self, *steps: str, **query: str) -> str:
        """Give the address of a page, in this language and with this appointment."""
        kept = {"a": self.token, "lang": self.language} | query
        place = "/".join((PATH, self.centre.id, *steps))
        return f"{place}?{urlencode({name: value for name, value in kept.items() if value})}"

    def form(self, ident: str) -> FormDefinition:
        """Find a form.

        Raises:
            NotFoundError: this centre has none of this name.
        """
        found = next((one for one in self.centre.setup.setup.forms if one.id == ident), None)
        if found is None:
            raise NotFoundError
        return found

    def filler(self, command: str = "") -> Filler:
        """Give who does something; ``command`` is ``<key>#<fingerprint>``, where anything is stored."""
        return Filler(self.server, self.centre, PUBLIC, command, self.request.remote or "")

    def command(self, key: str, *said: str) -> str:
        """Name what a form of a page stores: sent once more it is the same, with anything else it is another."""
        digest = hmac.new(request_key_of(self.server, key), digestmod="sha256")
        for part in (self.centre.id, *said):
            raw = part.encode()
            digest.update(len(raw).to_bytes(8) + raw)
        return f"{key}#{digest.hexdigest()[:16]}"


def request_key_of(server: Server, ident: str) -> bytes:
    """Give the key under which a form of a page is named, by the id that the page had (UUID version 7).

    Sent once more it has the same name, whatever key makes meanwhile.
    """
    rings, text = server[Keys].rings["requests"], ident.replace("-", "")[:_TIME_DIGITS]
    try:
        return rings.at(Micros(int(text, 16) * 1_000))
    except ValueError:
        return rings.key


def context_of(request: web.Request) -> FillingContext:
    """Look at the centre that the path names.

    Raises:
        NotFoundError: there is none, or it has no forms.
    """
    desk, server = request.app[DESK], request.app[SERVER]
    found = {str(one): centre for one, centre in server[Centres].items()}
    centre = found.get(request.match_info["centre"])
    if centre is None or not centre.setup.setup.forms:
        raise NotFoundError
    setup = centre.setup.setup
    language = chosen_language(request, desk, setup.centre.languages)
    reader = desk.reader(choose_language((language,)), setup.centre.zone)
    return FillingContext(request, server, desk, centre, reader, language, server.clock(), request.query.get("a", ""))


def chosen_language(request: web.Request, desk: WebContext, languages: tuple[str, ...]) -> str:
    """Choose the language of a form: the one asked for, else as of all pages, of those that the centre has."""
    asked = request.query.get("lang", "")
    if asked in languages:
        return asked
    found = desk.language(request)
    return found if found in languages else languages[0]


def draw(here: FillingContext, template: str, *, status: int = 200, again: str = "", **values: Any) -> web.Response:
    """Draw a page; ``again`` is where its other languages begin anew, this address where it is empty.

    Nothing of it is kept by a browser or a search engine.
    """
    languages = here.centre.setup.setup.centre.languages
    place = again or here.request.path
    kept = {"a": here.token} if here.token else {}
    filled = {
        "centre_name": here.centre_name,
        "languages": [(tag, describe(tag), f"{place}?{urlencode(kept | {'lang': tag})}") for tag in languages],
        "reading": here.language,
        "reading_rtl": here.rtl,
        "secret": True,
        "script": None,
        **values,
    }
    text = here.desk.site.render(f"filling/{template}.html", here.reader.language, filled)
    headers = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def describe(language: str) -> str:
    """Name a language in itself, where anybody knows it."""
    try:
        return language_name(language)
    except (UnknownLocaleError, ValueError):
        return language
