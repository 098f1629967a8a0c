"""Save, change and withdraw: what the API and pages do with forms, each in one commit (``opening`` reads them).

A command is named by whoever gives it (``<key>#<fingerprint>``): the same command comes to the same, on whichever
server and however often it comes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid5

import msgspec
from sqlalchemy import Connection

from queue_server.appointments import store as appointments
from queue_server.appointments.link import proved
from queue_server.catalogue.forms import FormDefinition
from queue_server.centre.centres import Centre
from queue_server.domain.appointments import AppointmentId, AppointmentState
from queue_server.domain.forms import (
    FilledFormId,
    FormAnswer,
    FormAnswersId,
    FormCode,
    FormPurposeId,
    is_weak_pin,
    read_pin,
)
from queue_server.domain.values import HOUR, Actor, Day, Language, Micros, VisitId
from queue_server.eventlog.aggregate import PendingAppend, append
from queue_server.eventlog.payload import Payload
from queue_server.forms import decide, store
from queue_server.forms.answers import Answers, cleaned, problems, remaining
from queue_server.forms.codes import FormCodes
from queue_server.forms.errors import (
    ConsentMissingError,
    ConsentUnknownError,
    FormAnswersError,
    FormAppointmentError,
    FormNotOpenedError,
    FormPinError,
    FormUnknownError,
)
from queue_server.forms.events import FormSaved
from queue_server.forms.model import FilledForm
from queue_server.forms.sealing import AnswerVault
from queue_server.forms.settings import FormRules
from queue_server.forms.store import FORMS
from queue_server.framework.server import Server
from queue_server.vault.model import end_of
from queue_server.vault.store import Vault

#: The name space of what commands begin (RFC 9562, 5.5).
_COMMANDS: Final = UUID("3e0c5a8f-64ad-5b57-9f0c-7b6d7c1b2a90")
#: For these somebody still comes.
_COMING: Final = frozenset({AppointmentState.BOOKED, AppointmentState.DISPLACED, AppointmentState.CHECKED_IN})


@dataclass(frozen=True, slots=True)
class Filler:
    """Who gives a command, and at which centre; ``asker`` is what attempts are counted by: an address, a kiosk."""

    server: Server
    centre: Centre
    actor: Actor
    command: str
    asker: str

    def named(self, kind: str) -> str:
        """Name what this command begins: the same command names the same."""
        key = self.command.partition("#")[0]
        return str(uuid5(_COMMANDS, f"{kind}/{self.centre.id}/{self.actor}/{key}"))

    @property
    def vault(self) -> AnswerVault:
        return AnswerVault(self.server[Vault], self.actor, self.server.clock())

    @property
    def today(self) -> date:
        return date.fromisoformat(self.centre.rule.day_at(self.server.clock()))


class FormGiven(msgspec.Struct, frozen=True):
    """What somebody filled in; never printed."""

    form: str
    answers: Answers
    consents: tuple[str, ...]
    language: str
    pin: str | None = None
    visit: VisitId | None = None
    appointment: AppointmentId | None = None

    def __repr__(self) -> str:
        return f"FormGiven({self.form!r}, ...)"


class OpenedForm(msgspec.Struct, frozen=True):
    """A form that was filled in, with what was answered; never printed."""

    filled: FilledForm
    answers: dict[str, FormAnswer]

    def __repr__(self) -> str:
        return f"OpenedForm({self.filled.id!r}, ...)"


# --- what is asked ---------------------------------------------------------------------------------------------------


def definition(centre: Centre, form: str) -> FormDefinition:
    """Find a form of a centre.

    Raises:
        FormUnknownError: there is none.
    """
    found = next((one for one in centre.setup.setup.forms if one.id == form), None)
    if found is None:
        raise FormUnknownError
    return found


def consented(form: FormDefinition, consents: tuple[str, ...]) -> tuple[FormPurposeId, ...]:
    """Give the purposes to which they consent, in the order of the form.

    Raises:
        ConsentUnknownError: the form has no such purpose.
        ConsentMissingError: one is missing without which nothing is stored.
    """
    known = {str(one.id) for one in form.purposes}
    for one in consents:
        if one not in known:
            raise ConsentUnknownError(purpose=one)
    for purpose in form.purposes:
        if purpose.required and purpose.id not in consents:
            raise ConsentMissingError(purpose=purpose.id)
    return tuple(one.id for one in form.purposes if one.id in consents)


def _checked(
    form: FormDefinition, answers: Answers, consents: tuple[FormPurposeId, ...], today: date
) -> dict[str, FormAnswer]:
    found = cleaned(form, answers)
    wrong = next(iter(problems(form, found, consents, today)), None)
    if wrong is not None:
        # Only what the form knows is said again: the rest is somebody's text.
        field = wrong.field if wrong.field in form.schema.properties else ""
        raise FormAnswersError(field=field, reason=wrong.reason.value)
    return found


def checked_pin(typed: str) -> str:
    """Read the PIN that somebody chose.

    Raises:
        FormPinError: it is none, or among those that are tried first.
    """
    pin = read_pin(typed)
    if pin is None:
        raise FormPinError(reason="shape")
    if is_weak_pin(pin):
        raise FormPinError(reason="weak")
    return pin


# --- save ------------------------------------------------------------------------------------------------------------


async def save(filler: Filler, given: FormGiven) -> tuple[FilledForm, FormCode | None]:
    """Save what somebody filled in; gives its code, where it has one.

    Raises:
        FormUnknownError, ConsentUnknownError, ConsentMissingError, FormAnswersError, FormPinError: it is not taken so.
        FormAppointmentError: nobody comes for that appointment here.
        IdempotencyMismatchError: the key was used for something else.
    """
    server, centre = filler.server, filler.centre
    form = definition(centre, given.form)
    consents = consented(form, given.consents)
    answers = _checked(form, given.answers, consents, filler.today)
    if given.pin is None and given.visit is None:
        raise FormPinError(reason="missing")
    ident, codes = FilledFormId(filler.named("form")), server[FormCodes]
    pin = None if given.pin is None else await codes.hash_pin(ident, checked_pin(given.pin))
    languages = centre.setup.setup.centre.languages
    language = Language(given.language if given.language in languages else languages[0])

    def work(connection: Connection) -> tuple[FilledForm, FormCode | None]:
        now = server.clock()
        saved = FormSaved(
            filled=ident,
            centre=centre.id,
            form=form.id,
            answers=FormAnswersId(filler.named("answers")),
            language=language,
            visit=given.visit,
            appointment=given.appointment,
            ends_at=_end(filler, connection, form, given.visit, given.appointment, now),
        )
        version = centre.setup.version
        drafted = _draft(filler, connection, ident, lambda before: decide.save(before, saved, consents, version), now)
        filled = decide.kept(drafted.after, now)
        if drafted.new:
            filler.vault.put(connection, filled, answers)
            append(connection, drafted)
        code = codes.told(connection, centre.id, ident)
        if pin is not None and drafted.new:
            code = codes.give(connection, centre.id, ident, pin, filled.ends_at)
        return filled, code

    return await server.log.write_in_turn(FORMS.stream(ident), work)


async def appointment_of(filler: Filler, token: str) -> AppointmentId:
    """Find the appointment of a link at this centre.

    Raises:
        FormAppointmentError: there is none, or nobody comes for it any more.
    """
    ident = proved(filler.server, token)
    one = None
    if ident is not None:
        one = await filler.server.log.run(lambda connection: appointments.by_id(connection, ident))
    if one is None or one.centre != filler.centre.id or one.state not in _COMING:
        raise FormAppointmentError
    return one.id


def _end(  # noqa: PLR0917 - whatever it depends on
    filler: Filler,
    connection: Connection,
    form: FormDefinition,
    visit: VisitId | None,
    appointment: AppointmentId | None,
    now: Micros,
) -> Micros:
    """Say when answers are wiped: with the day for which they are, or as their form says."""
    rule = filler.centre.rule
    day: Day | None = None if visit is None else rule.day_at(now)
    if day is None and appointment is not None:
        one = appointments.by_id(connection, appointment)
        day = None if one is None else one.day
    if day is None:
        return Micros(now + form.retention_days * 24 * HOUR)
    return end_of(rule, day, filler.server.settings[FormRules].visit_days)


# --- change ----------------------------------------------------------------------------------------------------------


async def change(
    filler: Filler, ident: FilledFormId, answers: Answers, consents: tuple[str, ...]
) -> tuple[FilledForm, dict[str, FormAnswer]]:
    """Put other answers in place of those before.

    Raises:
        FormNotOpenedError: they are wiped.
        FormUnknownError, ConsentUnknownError, ConsentMissingError, FormAnswersError: they are not taken so.
        IdempotencyMismatchError: the key was used for something else.
    """
    server, centre = filler.server, filler.centre

    def work(connection: Connection) -> tuple[FilledForm, dict[str, FormAnswer]]:
        now = server.clock()
        before = decide.kept(store.by_id(connection, centre.id, ident), now)
        form = definition(centre, before.form)
        wanted = consented(form, consents)
        found = _checked(form, answers, wanted, filler.today)
        fresh, version = FormAnswersId(filler.named("answers")), centre.setup.version
        # What is of a visit or an appointment ends with that, however late it is changed.
        is_own = before.visit is None and before.appointment is None
        ends_at = _end(filler, connection, form, None, None, now) if is_own else before.ends_at
        after = advance(
            filler, connection, before, lambda one: decide.replace(one, fresh, wanted, version, ends_at), found
        )
        return after, found

    return await server.log.write_in_turn(FORMS.stream(ident), work)


async def withdraw(filler: Filler, ident: FilledFormId, purposes: tuple[str, ...]) -> FilledForm:
    """Wipe what was answered for some purposes: they consent to them no more.

    Raises:
        FormNotOpenedError: all is wiped.
        IdempotencyMismatchError: the key was used for something else.
    """
    server, centre = filler.server, filler.centre

    def work(connection: Connection) -> FilledForm:
        before = store.by_id(connection, centre.id, ident)
        if before is None or server.clock() >= before.ends_at:
            raise FormNotOpenedError
        form = next((one for one in centre.setup.setup.forms if one.id == before.form), None)
        # A form that the catalogue has no more: nobody knows what was for what.
        required = before.consents if form is None else tuple(one.id for one in form.purposes if one.required)
        stays = tuple(one for one in before.consents if one not in purposes)
        rest = {} if before.answers is None else remaining(form, filler.vault.get(connection, before), stays)
        fresh, gone = FormAnswersId(filler.named("answers")), tuple(map(FormPurposeId, purposes))
        now = server.clock()
        return advance(
            filler,
            connection,
            before,
            lambda one: decide.withdraw(decide.kept(one, now), gone, required, fresh),
            rest,
        )

    return await server.log.write_in_turn(FORMS.stream(ident), work)


def advance(
    filler: Filler,
    connection: Connection,
    before: FilledForm,
    decided: Callable[[FilledForm], tuple[Payload, ...]],
    answers: Mapping[str, FormAnswer],
) -> FilledForm:
    """Store what is decided on a form, and bring vault and code to where it then is."""
    drafted = _draft(
        filler, connection, before.id, lambda one: () if one is None else decided(one), filler.server.clock()
    )
    if drafted.after is None:
        raise FormNotOpenedError
    if drafted.new:
        filler.vault.change(connection, before, drafted.after, answers)
        append(connection, drafted)
    return drafted.after


def _draft(
    filler: Filler,
    connection: Connection,
    ident: FilledFormId,
    decided: Callable[[FilledForm | None], tuple[Payload, ...]],
    now: Micros,
) -> PendingAppend[FilledForm]:
    return FORMS.draft(connection, ident, decided, at=now, command=filler.command, actor=filler.actor)
