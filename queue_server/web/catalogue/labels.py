"""What sections and fields of a catalogue are called on the page. Pure."""

from collections.abc import Mapping

from markupsafe import Markup

from queue_server.domain.values import Category
from queue_server.framework.words import PageTranslations


def sections(_: PageTranslations) -> Mapping[str, Markup]:
    """Name all sections, in the order in which the page lists them."""
    return {
        "centre": _("The centre"),
        "hours": _("Opening hours"),
        "holidays": _("Closed days"),
        "governments": _("Governments"),
        "groups": _("Groups of kinds"),
        "kinds": _("Kinds of service"),
        "steps": _("Steps"),
        "services": _("Services"),
        "counters": _("Counters"),
        "fees": _("Fees"),
        "bands": _("Ages"),
        "promises": _("Promises"),
        "rules": _("Rules"),
        "appointments": _("Appointments"),
        "staffing": _("Staffing plan"),
        "shelves": _("Drawers"),
        "checklists": _("What to bring"),
        "forms": _("Forms"),
        "alarms": _("Alarms by e-mail"),
    }


def categories(_: PageTranslations) -> Mapping[str, Markup]:
    return {
        Category.APPOINTMENT.value: _("Appointment"),
        Category.WALK_IN.value: _("Walk-in"),
        Category.PRIORITY.value: _("Priority"),
        Category.URGENT.value: _("Urgent"),
    }


def field(_: PageTranslations, section: str, name: str) -> Markup | None:
    """Name a field of a part; None where there is none."""
    return _of_sections(_).get(f"{section}.{name}") or _of_several(_).get(name)


def _of_several(_: PageTranslations) -> Mapping[str, Markup]:
    """Fields that mean the same wherever they stand."""
    return {
        "id": _("Short name"),
        "name": _("Name"),
        "icon": _("Picture"),
        "steps": _("Steps"),
        "services": _("Services"),
        "governments": _("Governments"),
        "languages": _("Languages"),
        "bands": _("Ages"),
        "promises": _("Promises in minutes"),
        "minutes": _("Minutes at a counter"),
        "extra_minutes": _("Minutes for each further person"),
        "valid_from": _("Counts from"),
        "valid_until": _("Counts until, that day too"),
        "monday": _("Monday"),
        "tuesday": _("Tuesday"),
        "wednesday": _("Wednesday"),
        "thursday": _("Thursday"),
        "friday": _("Friday"),
        "saturday": _("Saturday"),
        "sunday": _("Sunday"),
    }


def _of_sections(_: PageTranslations) -> Mapping[str, Markup]:
    return {**_of_the_centre(_), **_of_rules(_), **_of_services(_), **_of_appointments(_), **_of_the_rest(_)}


def _of_the_centre(_: PageTranslations) -> Mapping[str, Markup]:
    return {
        "centre.zone": _("Time zone"),
        "centre.languages": _("Languages of kiosks, in their order"),
        "centre.day_start": _("When the service day begins"),
        "centre.address": _("Address"),
        "holidays.country": _("Public holidays of this country"),
        "holidays.subdivision": _("and of this part of it"),
        "holidays.closed": _("Further days on which it is closed"),
        "promises.appointment": _("Appointment"),
        "promises.walk-in": _("Walk-in"),
        "promises.priority": _("Priority"),
        "promises.urgent": _("Urgent"),
        "alarms.mail": _("Addresses of posts that are told"),
        "alarms.mail_after_min": _("After so many minutes without anybody"),
        "alarms.quiet": _("Hours in which nothing is sent"),
    }


def _of_rules(_: PageTranslations) -> Mapping[str, Markup]:
    return {
        "rules.undo_window_s": _("Seconds in which an act can be undone"),
        "rules.missed_after_s": _("Seconds after a call until a visit is missed"),
        "rules.missed_min_calls": _("Calls at least until a visit is missed"),
        "rules.round_the_clock": _("Open round the clock"),
        "rules.language_filters": _("Counters call only languages that they speak"),
        "rules.language_room_s": _("Seconds that a visit waits for its language"),
        "rules.max_party": _("People of one visit at most"),
        "rules.last_ticket_min": _("Minutes before closing of the last ticket"),
        "rules.transfer_hold_s": _("Seconds that a transfer waits for its counter"),
        "rules.pay_offline": _("Kiosks take fees while the server is away"),
        "rules.kiosk_party": _("People of one number at a kiosk"),
        "rules.kiosk_services": _("Services of one number at a kiosk"),
        "rules.manager_second_factor": _("Managers and administrators need a second factor"),
        "rules.lock_minutes": _("Minutes until an empty desk is locked"),
        "rules.kiosk_checklist": _("Kiosks ask what people have with them"),
        "rules.more_time_times": _("How often a phone may ask for more time"),
        "rules.staff_figures": _("Figures of single counters are shown"),
    }


def _of_services(_: PageTranslations) -> Mapping[str, Markup]:
    return {
        "services.government": _("Government"),
        "services.kind": _("Kind of service"),
        "services.steps": _("Steps, in their order"),
        "services.step_promises": _("Promises at single steps, in minutes"),
        "services.step_minutes": _("Minutes at single steps"),
        "services.step_extra_minutes": _("Minutes for each further person at single steps"),
        "services.bookable": _("Appointments can be made"),
        "services.checklist_steps": _("Steps that need a complete list of what to bring"),
        "services.standard_minutes": _("Service standard: called within minutes"),
        "services.standard_percent": _("Service standard: of 100 calls"),
        "kinds.group": _("Group"),
        "steps.place": _("Where it is"),
        "steps.takes_fees": _("Fees are paid here"),
        "steps.remote": _("From afar"),
        "steps.remote_link": _("Address of the video service"),
        "steps.needs_checklist": _("Needs a complete list of what to bring"),
        "counters.name": _("Plate"),
        "counters.direction": _("Way from the board"),
        "fees.service": _("Service"),
        "fees.amount": _("Amount"),
        "fees.currency": _("Currency"),
        "fees.waivable": _("May be waived"),
        "fees.per": _("Paid by"),
        "bands.from_age": _("From this age on"),
    }


def _of_appointments(_: PageTranslations) -> Mapping[str, Markup]:
    return {
        "appointments.period_min": _("Minutes of one period"),
        "appointments.weeks": _("Weeks ahead"),
        "appointments.lead_min": _("Minutes before the first that can be booked"),
        "appointments.walk_in_percent": _("Of 100 minutes, left for who comes without an appointment"),
        "appointments.work_percent": _("Of 100 minutes of the rest, given away"),
        "appointments.overbooking_percent": _("Given away beyond that, of 100, where people do not come"),
        "appointments.early_min": _("Minutes before its time from which somebody may come"),
        "appointments.grace_min": _("Minutes after its time that are on time"),
        "appointments.late_min": _("Minutes after its time until an appointment is void"),
        "appointments.hold_min": _("Minutes that a place is held while somebody types"),
        "appointments.change_until_min": _("Minutes before its time until it can be changed"),
        "appointments.release_within_min": _("Minutes within which a free place is offered anew"),
        "appointments.confirm_document": _("Who comes shows the document that was named"),
        "appointments.document_bookings": _("Appointments ahead of one document"),
        "appointments.contact_bookings": _("Appointments ahead of one address"),
        "appointments.remind_hours": _("Hours before, at which people are reminded"),
        "appointments.letter_checklist": _("Letters name what to bring"),
    }


def _of_the_rest(_: PageTranslations) -> Mapping[str, Markup]:
    return {
        "staffing.days": _("Days"),
        "staffing.hours": _("Hours"),
        "staffing.counters": _("How many counters"),
        "staffing.breaks": _("Breaks"),
        "shelves.places": _("Places"),
        "checklists.owner": _("Office that answers for it"),
        "checklists.reviewed": _("Looked through on"),
        "checklists.lines": _("Lines"),
        "forms.title": _("Title"),
        "forms.purposes": _("What for"),
        "forms.schema": _("Questions"),
        "forms.retention_days": _("Days for which it is stored"),
    }


def choices(_: PageTranslations) -> Mapping[str, Markup]:
    """Name what a field may be of a few things, by what the file says."""
    return {
        "left": _("left"),
        "right": _("right"),
        "ahead": _("straight ahead"),
        "up": _("upstairs"),
        "down": _("downstairs"),
        "person": _("each person"),
        "party": _("the whole party once"),
        "telephone": _("by telephone"),
        "video": _("by video"),
        "monday": _("Monday"),
        "tuesday": _("Tuesday"),
        "wednesday": _("Wednesday"),
        "thursday": _("Thursday"),
        "friday": _("Friday"),
        "saturday": _("Saturday"),
        "sunday": _("Sunday"),
    }
