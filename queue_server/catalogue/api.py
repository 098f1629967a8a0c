"""``GET /centres/{centre}/services``: what a kiosk needs to go on without the server."""

from http import HTTPStatus

from aiohttp import ETag, web

from queue_server.catalogue.cache import Catalogues
from queue_server.domain.values import CentreId


async def services(request: web.Request, catalogues: Catalogues) -> web.Response:
    """Answer ``ServicesAnswer``, or 304 to a client that holds it already (RFC 9110, section 13.1.2).

    Raises:
        CentreNotSetUpError: there is no such centre.
    """
    encoded = await catalogues.services(CentreId(request.match_info["centre"]))
    held = request.if_none_match or ()
    if any(tag.value in {encoded.etag, "*"} for tag in held):
        answer = web.Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        answer = web.Response(body=encoded.body, content_type="application/json")
    answer.etag = ETag(encoded.etag)
    # It may be kept, and is asked about each time.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
