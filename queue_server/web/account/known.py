"""Whether the browser of a request is known at the centre of a session."""

from aiohttp import web

from queue_server.accounts.browsers import known_browser
from queue_server.accounts.model import Session
from queue_server.framework.access import read_cookie
from queue_server.framework.server import SERVER
from queue_server.vault.keys import Keys
from queue_server.web import forms


def browser_of(request: web.Request, session: Session) -> str | None:
    """Give the id of a browser that is known at the centre of a session."""
    keys = request.app[SERVER][Keys].rings["sessions"]
    return known_browser(keys, session.centre, read_cookie(request, forms.BROWSER + session.centre))
