"""The password once more, from whoever is signed in: before an account is changed, and at a desk that was locked."""

from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts import password_change
from queue_server.accounts.errors import SignInError, TooManyTriesError
from queue_server.accounts.model import Session
from queue_server.framework.middleware import note_refusal
from queue_server.web.account.known import browser_of
from queue_server.web.page_context import DESK
from queue_server.web.waits import too_early


class ProofRefusal(NamedTuple):
    """What is said to whoever could not prove it, and the status of the answer."""

    text: Markup
    status: HTTPStatus


async def refusal_of(request: web.Request, session: Session, password: str) -> ProofRefusal | None:
    """Try a password; None where it is right."""
    desk = request.app[DESK]
    words = desk.site.words[desk.language(request)]
    try:
        await password_change.prove(
            desk.log,
            desk.passwords,
            desk.rules,
            session,
            password=password,
            address=request.remote or "",
            browser=browser_of(request, session),
            now=desk.clock(),
        )
    except TooManyTriesError as error:
        note_refusal(request, error)
        return ProofRefusal(too_early(words, int(error.placeholders["retry_after_s"])), HTTPStatus.TOO_MANY_REQUESTS)
    except SignInError as error:
        note_refusal(request, error)
        return ProofRefusal(words("The password is wrong."), HTTPStatus.FORBIDDEN)
    return None
