"""Applications as messages of the API. Pure."""

from queue_server.applications.model import Application
from queue_server.contract.people import ApplicationView
from queue_server.domain.values import to_datetime


def application_view(found: Application) -> ApplicationView:
    return ApplicationView(
        id=found.id,
        reference=found.reference,
        government=found.government,
        service=found.service,
        state=found.state,
        opened_at=to_datetime(found.opened_at),
        changed_at=to_datetime(found.changed_at),
    )
