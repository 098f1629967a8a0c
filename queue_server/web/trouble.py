"""What a browser shows where a page cannot be shown: sentences with what to do, and the status of the problem.

Only whole pages are answered so; scripts and other clients get problem details, as from the API.
"""

from aiohttp import web
from markupsafe import Markup

from queue_server.domain.values import ConsularError
from queue_server.framework.middleware import note_refusal, problem_of
from queue_server.framework.problems import NotReadyError
from queue_server.framework.server import SERVER
from queue_server.web.page_context import DESK, Handler
from queue_server.web.wording import MarkupTranslations


def guarded(handler: Handler) -> Handler:
    """Serve a page only while the server is ready, and word its troubles for people."""

    async def handle(request: web.Request) -> web.StreamResponse:
        trouble = request.app[SERVER].trouble
        try:
            if trouble is not None:
                raise NotReadyError(reason=trouble.code)
            return await handler(request)
        except ConsularError as error:
            if not _is_navigation(request):
                raise
            note_refusal(request, error)
            return _page(request, error)

    return handle


def _is_navigation(request: web.Request) -> bool:
    return "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers


def _page(request: web.Request, error: ConsularError) -> web.Response:
    desk, problem = request.app[DESK], problem_of(request, error)
    language = desk.language(request)
    headline, sentence = _words(problem.status, problem.code, desk.site.words[language])
    values = {"headline": headline, "sentence": sentence, "home": problem.status == web.HTTPForbidden.status_code}
    text = desk.site.render("plain.html", language, values)
    return web.Response(status=problem.status, text=text, content_type="text/html")


def _words(status: int, code: str, _: MarkupTranslations) -> tuple[Markup, Markup]:
    if code in ("form-forged", "foreign-origin"):
        return _("This form is too old"), _("Go back, load the page again, and fill it in once more.")
    if status == web.HTTPForbidden.status_code:
        return _("This page is not for you"), _(
            "Your roles do not open it. Go on to your own page, or ask your manager."
        )
    if status == web.HTTPTooManyRequests.status_code:
        return _("Too much at once"), _(
            "Many pages were asked for from your connection. Wait a minute, then load the page again."
        )
    if status == web.HTTPNotFound.status_code:
        return _("There is nothing here"), _("Look whether the address is complete, or begin at the first page.")
    return (
        _("This page cannot be shown now"),
        _("The server cannot reach its data. It goes on trying by itself: load the page again in a moment."),
    )
