"""The routes of what to bring."""

from queue_server.contract.checklists import (
    AcceptIncompleteRequest,
    ChecklistAnswer,
    CheckRequirementRequest,
    RevertRequirementRequest,
)
from queue_server.contract.requirements import RequirementsAnswer
from queue_server.framework.routing import CENTRE, Parameter, Route, get, post
from queue_server.requirements import api
from queue_server.requirements import permissions as may

ROUTES: tuple[Route, ...] = (
    Route(
        "requirements",
        "GET",
        CENTRE + "/services/{service}/requirements",
        may.REQUIREMENTS,
        api.requirements,
        RequirementsAnswer,
        "What to bring for a service",
        parameters=(
            Parameter(
                "people",
                "query",
                "For whom: how many people, or how many of each age band (`adult:2,child:1`); one if it is left out.",
            ),
        ),
    ),
    get(
        "checklist",
        "/visits/{visit}/checklist",
        may.CHECKLIST,
        api.checklist,
        ChecklistAnswer,
        "What a visit brings, and what of it is there",
    ),
    post(
        "check-requirement",
        "/visits/{visit}/checklist",
        may.CHECKLIST,
        api.check,
        ChecklistAnswer,
        "Say what was found of one thing that a visit brings",
        CheckRequirementRequest,
    ),
    post(
        "revert-requirement",
        "/visits/{visit}/checklist/revert",
        may.CHECKLIST,
        api.revert,
        ChecklistAnswer,
        "Take back what was said last of one thing",
        RevertRequirementRequest,
    ),
    post(
        "accept-incomplete",
        "/visits/{visit}/checklist/accept",
        may.CHECKLIST,
        api.accept,
        ChecklistAnswer,
        "Let a visit go on to a step though something is missing",
        AcceptIncompleteRequest,
    ),
)
