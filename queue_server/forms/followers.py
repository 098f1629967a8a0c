"""Forms go with their appointment: to another day, and to the visit as which they come. In the commit of that."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from queue_server.appointments.followers import AppointmentChanges
from queue_server.appointments.model import Appointment
from queue_server.centre.centres import Centres
from queue_server.domain.forms import FormAnswersId
from queue_server.domain.values import Micros
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.forms import decide, store
from queue_server.forms.errors import FormNotOpenedError
from queue_server.forms.model import FilledForm
from queue_server.forms.sealing import AnswerVault
from queue_server.forms.settings import FormRules
from queue_server.forms.store import FORMS
from queue_server.framework.server import Server
from queue_server.vault.model import end_of
from queue_server.vault.store import Vault


class AppointmentForms:
    """Keeps what was filled in for appointments as long as they need it."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, changes: AppointmentChanges) -> Sequence[PendingAppend[FilledForm]]:
        return [
            drafted
            for before, after in changes.changed()
            if before is not None and (before.day, before.visit) != (after.day, after.visit)
            for filled in store.of_appointment(changes.connection, after.id, changes.at)
            if (drafted := self._carried(changes, filled, after)) is not None
        ]

    def _carried(
        self, changes: AppointmentChanges, filled: FilledForm, appointment: Appointment
    ) -> PendingAppend[FilledForm] | None:
        rule = self._server[Centres].find(appointment.centre).rule
        ends_at = end_of(rule, appointment.day, self._server.settings[FormRules].visit_days)
        vault = AnswerVault(self._server[Vault], changes.actor, Micros(changes.at))
        try:
            answers = vault.get(changes.connection, filled)
        except FormNotOpenedError:
            # Somebody had it shredded: the appointment goes on without it.
            return None
        fresh = FormAnswersId(str(uuid5(UUID(filled.id), changes.command)))
        visit = appointment.visit or filled.visit
        drafted = FORMS.draft(
            changes.connection,
            filled.id,
            lambda one: decide.carry(filled if one is None else one, fresh, visit, ends_at),
            at=changes.at,
            command=changes.command,
            actor=changes.actor,
        )
        if drafted.after is None or not drafted.new:
            return None
        vault.change(changes.connection, filled, drafted.after, answers)
        return drafted
