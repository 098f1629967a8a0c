"""The routes of applications."""

from queue_server.applications import api as applications
from queue_server.applications import permissions as may
from queue_server.contract.people import (
    ApplicationAnswer,
    ApplicationsAnswer,
    MoveApplicationRequest,
    OpenApplicationRequest,
)
from queue_server.framework.routing import Route, get, post

ROUTES: tuple[Route, ...] = (
    post(
        "open-application",
        "/visits/{visit}/applications",
        may.APPLICATIONS,
        applications.open_application,
        ApplicationAnswer,
        "Open an application at a visit, or name one that there is",
        OpenApplicationRequest,
    ),
    get(
        "visit-applications",
        "/visits/{visit}/applications",
        may.APPLICATIONS,
        applications.of_visit,
        ApplicationsAnswer,
        "The applications that a visit serves",
    ),
    get(
        "application",
        "/applications/{application}",
        may.APPLICATIONS,
        applications.application,
        ApplicationAnswer,
        "An application, by its id or its reference",
    ),
    post(
        "move-application",
        "/applications/{application}/move",
        may.APPLICATIONS,
        applications.move_application,
        ApplicationAnswer,
        "Correct where an application is, for a reason",
        MoveApplicationRequest,
    ),
)
