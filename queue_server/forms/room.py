"""Forms: what people write down for a government, with their consent, and until when that is kept."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Delete, delete

from queue_server.domain.values import SECOND, Micros
from queue_server.forms import errors
from queue_server.forms.events import CODEC
from queue_server.forms.permissions import PERMISSIONS
from queue_server.forms.settings import FormRules
from queue_server.forms.store import FORMS, form_streams
from queue_server.forms.tables import filled_forms, form_codes, form_tries
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room, Stream
from queue_server.framework.settings import ServerSettings
from queue_server.framework.words import Vocabulary

if TYPE_CHECKING:
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _codes(now: Micros, _: ServerSettings) -> Delete:
    return delete(form_codes).where(form_codes.c.ends_at <= now)


def _tries(now: Micros, settings: ServerSettings) -> Delete:
    return delete(form_tries).where(form_tries.c.since <= now - settings[FormRules].window_s * SECOND)


def _routes() -> "Iterable[Route]":
    from queue_server.forms.routes import ROUTES

    return ROUTES


def _vocabulary() -> Vocabulary:
    from queue_server.forms.words import VOCABULARY

    return VOCABULARY


def _assemble(server: "Server") -> None:
    from queue_server.appointments.followers import AppointmentFollowers
    from queue_server.forms.codes import FormCodes
    from queue_server.forms.followers import AppointmentForms
    from queue_server.vault.keys import Keys

    server.put(FormCodes, FormCodes(lambda: tuple(server[Keys].rings["sessions"])))
    server[AppointmentFollowers].changed.append(AppointmentForms(server))


async def _stop(server: "Server") -> None:
    from queue_server.forms.codes import FormCodes

    server[FormCodes].close()


ROOM = Room(
    name="forms",
    permissions=PERMISSIONS,
    problems=(
        ProblemMapping(errors.FormUnknownError, 404, "There is no such form here"),
        ProblemMapping(errors.FilledFormUnknownError, 404, "Nothing of the kind was filled in for this visit"),
        ProblemMapping(errors.FormAppointmentError, 404, "There is no such appointment here"),
        ProblemMapping(errors.FormAnswersError, 422, "An answer cannot be taken"),
        ProblemMapping(errors.ConsentUnknownError, 422, "The form has no such purpose"),
        ProblemMapping(errors.FormPinError, 422, "This PIN cannot be had"),
        ProblemMapping(errors.FormsError, 409, "The form is not opened, or not saved"),
    ),
    settings={"forms": FormRules},
    streams={FORMS.prefix: Stream((CODEC,), (form_streams,), FORMS)},
    tables={
        filled_forms.name: "that a form was filled in and for what; what was answered lies in the vault",
        form_codes.name: _codes,
        form_tries.name: _tries,
    },
    tags={"forms": "Forms that people fill in: save, open with code and PIN, change, consent no more."},
    path_words={"filled": "Id of what was filled in."},
    vocabulary=_vocabulary,
    routes=_routes,
    assemble=_assemble,
    stop=_stop,
)
