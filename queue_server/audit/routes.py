"""The routes of the record."""

from queue_server.audit import api as audit
from queue_server.audit import permissions as may
from queue_server.contract.audit import VerificationAnswer
from queue_server.framework.routing import Route, get, post

ROUTES: tuple[Route, ...] = (
    get(
        "verification", "/verification", may.VERIFY, audit.verification, VerificationAnswer, "How the record was found"
    ),
    post("verify", "/verification", may.VERIFY, audit.verify, VerificationAnswer, "Have every event looked at"),
)
