"""The letters of appointments: queued in the commit of what they follow, and written when they leave."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_name
from sqlalchemy import Connection

from queue_server.appointments import letter_words as words
from queue_server.appointments import store, telling
from queue_server.appointments.calendar_file import CalendarEntry, CalendarMethod, calendar_file
from queue_server.appointments.followers import AppointmentChanges
from queue_server.appointments.letter import GONE, AppointmentLetterFacts, write_appointment_letter
from queue_server.appointments.link import token_of
from queue_server.appointments.model import Appointment, StoredAppointment
from queue_server.appointments.people import subject_of
from queue_server.appointments.reminders_link import REMINDERS_PATH, reminders_token
from queue_server.appointments.views import clock_of
from queue_server.catalogue.fields import FALLBACK
from queue_server.catalogue.model import tariff
from queue_server.centre.centres import Centre, Centres
from queue_server.domain.appointments import LINK_PATH, AppointmentId, AppointmentState, shown_code
from queue_server.domain.values import MINUTE, Actor, CentreId, Micros, StreamName, to_datetime
from queue_server.eventlog.aggregate import PendingAppend, append
from queue_server.framework.server import Server
from queue_server.framework.words import Languages, PageTranslations
from queue_server.notices import contacts, model
from queue_server.notices import store as notices
from queue_server.notices.contact import ContactDetails
from queue_server.notices.events import NotificationQueued
from queue_server.notices.model import Notification, ident_of
from queue_server.notices.plain_page import plain
from queue_server.notices.port import InlinePicture, LetterParts
from queue_server.notices.queueing import NotificationOccasion, drop, queue_occasion
from queue_server.notices.relay import MessageWords
from queue_server.notices.settings import MailSettings
from queue_server.notices.store import NOTIFICATIONS
from queue_server.notices.values import UNTOLD, DropReason, NotificationId
from queue_server.notices.values import NotificationKind as Kind
from queue_server.requirements.bring import BringLine, bring_lines
from queue_server.vault.store import Vault

#: What the letters are of, as their streams name it.
SUBJECTS: Final = "appointment/"
#: Whichever time it has: no change of an appointment is named so.
_STANDING: Final = -1
_PICTURE: Final = "kiosk-code"
#: A calendar shows nothing shorter well.
_MIN_MINUTES: Final = 15


# --- queue them ------------------------------------------------------------------------------------------------------


class AppointmentLetters:
    """Follows what happens to appointments."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, changes: AppointmentChanges) -> Sequence[PendingAppend[Any]]:
        """Queue what is told of each change, with the reminders of its time; drop what is no longer so."""
        drafted: list[PendingAppend[Any]] = []
        for before, after in changes.changed():
            if telling.is_outdated(before, after):
                drafted += self._outdated(changes, after)
            news = telling.news(before, after)
            if news is not None:
                drafted += self._queue(changes, after, news)
        return drafted

    def _queue(self, changes: AppointmentChanges, one: Appointment, news: Kind) -> list[PendingAppend[Notification]]:
        named: dict[str, Any] = {"at": changes.at, "command": changes.command, "actor": changes.actor}
        settings, subject = self._server.settings, subject_of(one.id)

        def occasion(kind: Kind, number: int = 0) -> NotificationOccasion:
            return NotificationOccasion(one.centre, kind, subject, subject, one.revision, number)

        drafted = queue_occasion(settings, changes.connection, occasion(news), **named)
        if one.state is AppointmentState.BOOKED and not wants_no_reminders(changes.connection, one.id):
            for hours, due in telling.reminders(one.at, _remind_hours(self._server, one.centre), changes.at):
                drafted += queue_occasion(
                    settings, changes.connection, occasion(Kind.APPOINTMENT_REMINDER, hours), not_before=due, **named
                )
        return drafted

    def _outdated(self, changes: AppointmentChanges, one: Appointment) -> list[PendingAppend[Notification]]:
        return [
            drop(
                self._server[Vault],
                changes.connection,
                told.id,
                DropReason.OUTDATED,
                at=changes.at,
                command=changes.command,
                actor=changes.actor,
            )
            for told in notices.of_subject(changes.connection, subject_of(one.id))
            if told.state in UNTOLD
        ]


def _remind_hours(server: Server, centre: CentreId) -> tuple[int, ...]:
    known = server[Centres].get(centre)
    rules = None if known is None else known.setup.setup.appointments
    return () if rules is None else rules.remind_hours


def wants_no_reminders(connection: Connection, ident: AppointmentId) -> bool:
    """Tell whether somebody said that they want no reminders of this appointment."""
    return notices.by_id(connection, _refusal(ident)) is not None


def stop_reminders(server: Server, connection: Connection, ident: AppointmentId, command: str, actor: Actor) -> None:
    """Send no more reminders of an appointment, also of its later times; once, however often it is said.

    Where nobody is told anything there is nothing to stop.
    """
    one, subject, now = store.by_id(connection, ident), subject_of(ident), server.clock()
    known = contacts.find(connection, subject)
    if one is None or known is None or wants_no_reminders(connection, ident):
        return
    refused = NotificationQueued(
        notification=_refusal(ident),
        centre=one.centre,
        kind=Kind.APPOINTMENT_REMINDER,
        subject=subject,
        recipient=subject,
        occasion=_STANDING,
        number=0,
        channels=known.channels,
        not_before=now,
    )
    named: dict[str, Any] = {"at": now, "command": command, "actor": actor}
    append(
        connection,
        NOTIFICATIONS.draft(
            connection,
            refused.notification,
            lambda before: model.note(before, refused, DropReason.UNSUBSCRIBED),
            **named,
        ),
        *(
            drop(server[Vault], connection, told.id, DropReason.UNSUBSCRIBED, **named)
            for told in notices.of_subject(connection, subject)
            if told.kind is Kind.APPOINTMENT_REMINDER and told.state in UNTOLD
        ),
    )


def _refusal(ident: AppointmentId) -> NotificationId:
    """Name what stands for all reminders of an appointment that are not wanted."""
    return ident_of(Kind.APPOINTMENT_REMINDER, subject_of(ident), _STANDING)


# --- write them ------------------------------------------------------------------------------------------------------


class AppointmentLetterComposer:
    """Writes a letter when it leaves; what is not so any more is not written."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(
        self, connection: Connection, notification: Notification, details: ContactDetails, now: Micros
    ) -> MessageWords | None:
        one = store.by_id(connection, notification.subject.removeprefix(SUBJECTS))
        centre = self._server[Centres].get(notification.centre)
        if one is None or centre is None or not _is_current(notification, one, now):
            return None
        language, translations = chosen = self._server[Languages].choose(details.language)
        facts = self._facts(connection, notification.kind, one, centre, chosen)
        letter = write_appointment_letter(facts, translations, language)
        method = CalendarMethod.CANCEL if facts.kind in GONE else CalendarMethod.REQUEST
        entry = self._entry(one, facts, translations, details)
        parts = LetterParts(
            html=letter.html,
            pictures=(InlinePicture(_PICTURE, _qr(facts.link)),) if facts.picture else (),
            calendar=calendar_file(entry, method).decode(),
            method=method.value,
            unsubscribe=facts.no_reminders,
        )
        said = letter.words
        return MessageWords(facts.centre, said.subject, said.text, said.short, parts)

    def _facts(
        self,
        connection: Connection,
        kind: Kind,
        one: StoredAppointment,
        centre: Centre,
        words_of: tuple[str, PageTranslations],
    ) -> AppointmentLetterFacts:
        language, translations = words_of
        setup, zone = centre.setup.setup, centre.rule.zone
        rules, url = setup.appointments, self._server.public_url
        local = to_datetime(one.at).astimezone(ZoneInfo(zone))
        is_gone = kind in GONE
        reminds = rules is not None and bool(rules.remind_hours) and not is_gone
        bring = () if is_gone or one.remote is not None else _bring(centre, one, translations, language)
        link, names_it = (
            f"{url}{LINK_PATH}{token_of(self._server, one.id)}",
            rules is not None and rules.letter_checklist,
        )
        return AppointmentLetterFacts(
            kind=kind,
            centre=_in(setup.centre.name, language) or centre.id,
            address=_in(setup.centre.address, language),
            day=format_date(local.date(), "EEEE d MMMM y", locale=language),
            clock=clock_of(one.at, zone),
            zone=_zone(local, language),
            party_size=one.party_size,
            code=shown_code(one.code),
            from_clock=clock_of(Micros(one.at - (0 if rules is None else rules.early_min) * MINUTE), zone),
            has_document=one.document is not None,
            remote=one.remote,
            link=link,
            bring=bring if names_it else (),
            bring_link=f"{link}?lang={language}#bring" if bring and not names_it else "",
            no_reminders=f"{url}{REMINDERS_PATH}{reminders_token(self._server, one.id)}?lang={language}"
            if reminds and not wants_no_reminders(connection, one.id)
            else "",
            picture="" if is_gone or one.remote is not None else _PICTURE,
        )

    def _entry(
        self,
        one: StoredAppointment,
        facts: AppointmentLetterFacts,
        translations: PageTranslations,
        details: ContactDetails,
    ) -> CalendarEntry:
        return CalendarEntry(
            appointment=one.id,
            code=one.code,
            revision=one.revision,
            stamp=to_datetime(one.changed_at).replace(microsecond=0),
            start=to_datetime(one.at),
            minutes=max(_MIN_MINUTES, one.seconds // 60),
            summary=plain(words.calendar_summary(translations)),
            centre=facts.centre,
            address=facts.address if one.remote is None else plain(words.remote(translations, one.remote)),
            description=plain(words.calendar_text(translations, is_remote=one.remote is not None)),
            link=facts.link,
            organizer=self._server.settings[MailSettings].sender,
            attendee=details.email or "",
        )


def _is_current(notification: Notification, one: StoredAppointment, now: Micros) -> bool:
    """Tell whether something that was to be told of an appointment is still so, and of use."""
    if (one.state, one.revision) != (telling.STATE_OF[notification.kind], notification.occasion):
        return False
    return one.at > now or notification.kind in GONE


def appointment_names(connection: Connection, centre: CentreId, subjects: Sequence[StreamName]) -> list[str]:
    """Name appointments by their codes, for staff."""
    found = (store.by_id(connection, one.removeprefix(SUBJECTS)) for one in subjects)
    return [shown_code(one.code) for one in found if one is not None and one.centre == centre]


def _bring(
    centre: Centre, one: StoredAppointment, translations: PageTranslations, language: str
) -> tuple[BringLine, ...]:
    return bring_lines(
        centre.facts.catalogue,
        tariff(centre.setup.setup),
        one.services,
        one.people,
        one.party_size,
        translations,
        language,
    )


def _in(names: dict[str, str], language: str) -> str:
    return names.get(language) or names.get(FALLBACK) or ""


def _zone(local: datetime, language: str) -> str:
    return get_timezone_name(local, width="long", locale=language)


def _qr(link: str) -> bytes:
    """Draw the code that a kiosk reads: a PNG picture, black on white with its border."""
    # It takes 4 ms to load, for papers and letters alone.
    import segno  # noqa: PLC0415

    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
    return drawn.getvalue()
