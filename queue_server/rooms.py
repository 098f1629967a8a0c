"""The rooms of the server: a line each, in the order in which they are put together and may know each other."""

from typing import Final

from queue_server.accounts.room import ROOM as ACCOUNTS
from queue_server.applications.room import ROOM as APPLICATIONS
from queue_server.appointments.room import ROOM as APPOINTMENTS
from queue_server.audit.room import ROOM as AUDIT
from queue_server.catalogue.room import ROOM as CATALOGUE
from queue_server.centre.room import ROOM as CENTRE
from queue_server.collection.room import ROOM as COLLECTION
from queue_server.custody.room import ROOM as CUSTODY
from queue_server.early_warnings.room import ROOM as EARLY_WARNINGS
from queue_server.forms.room import ROOM as FORMS
from queue_server.framework.room import Room
from queue_server.information.room import ROOM as INFORMATION
from queue_server.lockers.room import ROOM as LOCKERS
from queue_server.notices.room import ROOM as NOTICES
from queue_server.payments.room import ROOM as PAYMENTS
from queue_server.people.room import ROOM as PEOPLE
from queue_server.push.room import ROOM as PUSH
from queue_server.reports.room import ROOM as REPORTS
from queue_server.requirements.room import ROOM as REQUIREMENTS
from queue_server.simulation.room import ROOM as SIMULATION
from queue_server.team.room import ROOM as TEAM
from queue_server.vault.room import ROOM as VAULT
from queue_server.waiting.room import ROOM as WAITING
from queue_server.web.accuracy.room import ROOM as ACCURACY_PAGES
from queue_server.web.appointments.room import ROOM as APPOINTMENT_PAGES
from queue_server.web.booking.room import ROOM as BOOKING_PAGES
from queue_server.web.catalogue.room import ROOM as CATALOGUE_PAGES
from queue_server.web.custody.room import ROOM as CUSTODY_PAGES
from queue_server.web.figures.room import ROOM as FIGURES_PAGES
from queue_server.web.filling.room import ROOM as FORM_PAGES
from queue_server.web.forecast.room import ROOM as FORECAST_PAGES
from queue_server.web.information.room import ROOM as INFORMATION_PAGES
from queue_server.web.organisation.room import ROOM as ORGANISATION_PAGES
from queue_server.web.payments.room import ROOM as PAYMENT_PAGES
from queue_server.web.reminders.room import ROOM as REMINDER_PAGES
from queue_server.web.remote.room import ROOM as REMOTE_PAGES
from queue_server.web.requirements.room import ROOM as REQUIREMENT_PAGES
from queue_server.web.room import ROOM as WEB
from queue_server.web.staffing.room import ROOM as STAFFING_PAGES
from queue_server.web.team.room import ROOM as TEAM_PAGES
from queue_server.web.today.room import ROOM as TODAY_PAGES
from queue_server.web.warnings.room import ROOM as WARNING_ALARMS

ROOMS: Final[tuple[Room, ...]] = (
    VAULT,
    ACCOUNTS,
    CATALOGUE,
    CENTRE,
    INFORMATION,
    APPLICATIONS,
    PEOPLE,
    PAYMENTS,
    REQUIREMENTS,
    CUSTODY,
    LOCKERS,
    COLLECTION,
    NOTICES,
    PUSH,
    APPOINTMENTS,
    FORMS,
    SIMULATION,
    REPORTS,
    WAITING,
    EARLY_WARNINGS,
    TEAM,
    AUDIT,
    WEB,
    WARNING_ALARMS,
    TODAY_PAGES,
    PAYMENT_PAGES,
    REQUIREMENT_PAGES,
    CUSTODY_PAGES,
    STAFFING_PAGES,
    FORECAST_PAGES,
    ACCURACY_PAGES,
    FIGURES_PAGES,
    ORGANISATION_PAGES,
    INFORMATION_PAGES,
    CATALOGUE_PAGES,
    APPOINTMENT_PAGES,
    BOOKING_PAGES,
    REMINDER_PAGES,
    FORM_PAGES,
    REMOTE_PAGES,
    TEAM_PAGES,
)
