"""The routes of alarms that look ahead."""

from queue_server.contract.early_warnings import AlarmAssignmentAnswer, EarlyWarningsAnswer
from queue_server.early_warnings import api
from queue_server.early_warnings import permissions as may
from queue_server.framework.routing import Route, get, post

_ALARM = "/alarms/{alarm}"
_WARNING = "/warnings/{warning}"

ROUTES: tuple[Route, ...] = (
    get(
        "early-warnings",
        "/warnings",
        may.SEE_WARNINGS,
        api.warnings,
        EarlyWarningsAnswer,
        "What will go wrong soon, and who sees to it",
    ),
    post(
        "take-warning",
        f"{_WARNING}/take",
        may.TAKE_WARNING,
        api.take,
        EarlyWarningsAnswer,
        "Say that whoever asks sees to a warning",
    ),
    post(
        "give-back-warning",
        f"{_WARNING}/give-back",
        may.TAKE_WARNING,
        api.give_back,
        EarlyWarningsAnswer,
        "Say that whoever asks does not see to a warning after all",
    ),
    post(
        "take-alarm",
        f"{_ALARM}/take",
        may.TAKE_WARNING,
        api.take_alarm,
        AlarmAssignmentAnswer,
        "Say that whoever asks sees to an alarm that is no early warning",
    ),
    post(
        "give-back-alarm",
        f"{_ALARM}/give-back",
        may.TAKE_WARNING,
        api.give_back_alarm,
        AlarmAssignmentAnswer,
        "Say that whoever asks does not see to an alarm after all",
    ),
)
