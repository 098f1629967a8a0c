"""The routes of information."""

from typing import Final

from queue_server.contract import information as m
from queue_server.framework.routing import CENTRE, Route, get, post
from queue_server.information import api
from queue_server.information import permissions as may

_PAGE: Final = "/information/pages/{topic}"

ROUTES: Final[tuple[Route, ...]] = (
    Route(
        "information",
        "GET",
        f"{CENTRE}/information",
        may.READ_INFORMATION,
        api.read,
        m.InformationAnswer,
        "All pages of information, as people read them",
    ),
    get(
        "information-pages",
        "/information/pages",
        may.MANAGE_INFORMATION,
        api.pages,
        m.InformationPagesAnswer,
        "All pages of information, as they are stored",
    ),
    get(
        "information-history",
        f"{_PAGE}/history",
        may.MANAGE_INFORMATION,
        api.history,
        m.InformationHistoryAnswer,
        "Who changed a page of information, and when",
    ),
    post(
        "save-information",
        _PAGE,
        may.MANAGE_INFORMATION,
        api.save,
        m.InformationPageAnswer,
        "Store a page of information in place of the version that was opened",
        m.SaveInformationRequest,
    ),
    post(
        "remove-information",
        f"{_PAGE}/remove",
        may.MANAGE_INFORMATION,
        api.remove,
        m.InformationRemovedAnswer,
        "Take a page of information out",
        m.RemoveInformationRequest,
    ),
    post(
        "preview-information",
        "/information/preview",
        may.MANAGE_INFORMATION,
        api.preview,
        m.InformationPreviewAnswer,
        "See what people would read of a text; nothing is stored",
        m.PreviewInformationRequest,
    ),
)
