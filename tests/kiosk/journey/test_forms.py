"""A form is filled in at the kiosk, step by step."""

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.journey import events as e
from kiosk.journey.availability import Availability
from kiosk.journey.events import Action
from kiosk.journey.filling import known
from kiosk.journey.flows.form import FORM
from kiosk.journey.flows.visit import VISIT
from kiosk.journey.form_state import FormstatePage
from kiosk.journey.steps.consent import ConsentPage
from kiosk.journey.steps.form_answers import AnswersPage
from kiosk.journey.steps.form_code import FormcodePage
from kiosk.journey.steps.form_done import FormdonePage
from kiosk.journey.steps.form_keep import KeepPage
from kiosk.journey.steps.form_list import FormlistPage
from kiosk.journey.steps.form_pin import FormpinPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.new_form_pin import NewpinPage
from kiosk.journey.steps.prefill import PrefillPage
from kiosk.journey.steps.question import FieldPage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.forms import FormChoiceView
from queue_server.domain.forms import ChipField, FormAnswer, FormFieldKind
from tests.kiosk.journey.conftest import LEAVE
from tests.kiosk.journey.forms import FORM_VIEW, SECOND, field
from tests.kiosk.journey.walk import Walk

TODAY = date(2026, 11, 28)
PIN, OTHER = "739104", "739105"
PLANTED = "QQPLANTED"


@pytest.fixture
def around(around: Surroundings) -> Surroundings:
    return replace(around, offer=replace(around.offer, day=TODAY, forms=(FORM_VIEW,)))


def typed(text: str, name: str = "key") -> list[e.Event]:
    return [Action(name, one) for one in text]


def to_form(walk: Walk, ident: str = "renewal-form") -> None:
    """Take a ticket, and choose the form."""
    assert isinstance(walk.to_ticket(), TicketPage)
    shown = walk(e.Printed(walk.number, "taken"))
    assert isinstance(shown, TicketPage)
    assert shown.form
    assert isinstance(walk("form"), FormlistPage)
    walk(("choose", ident))


def to_questions(walk: Walk) -> None:
    to_form(walk)
    assert isinstance(walk("agree", "refuse"), PrefillPage)
    assert isinstance(walk("refuse"), FieldPage)


def fill(walk: Walk) -> None:
    """Answer every question that has to be."""
    walk(*typed(PLANTED), "submit")
    walk(*typed("1984"), "submit", ("choose", "2"), ("choose", "29"))
    walk(("choose", "female"), ("choose", "no"))
    assert isinstance(walk("skip"), AnswersPage)


def to_saving(walk: Walk) -> None:
    to_questions(walk)
    fill(walk)
    assert isinstance(walk("go-on"), KeepPage)
    assert isinstance(walk("keep"), NewpinPage)
    walk(*typed(PIN, "digit"), "submit", *typed(PIN, "digit"), "submit", "continue")


def last[T: e.Effect](walk: Walk, kind: type[T]) -> T:
    return next(one for one in reversed(walk.effects) if isinstance(one, kind))


def test_a_form_is_filled_in_saved_and_its_code_printed(walk: Walk) -> None:
    to_saving(walk)
    asked = last(walk, e.SaveForm)
    assert dict(asked.answers) == {"surname": PLANTED, "birth": "1984-02-29", "sex": "female", "married": False}
    assert (asked.form, asked.consents, asked.pin, asked.visit) == ("renewal-form", ("application",), PIN, "visit-1")
    shown = walk(e.FormStored(walk.number, asked.look, "saved", "HS4K7KM2QR", "2026-12-28"))
    assert isinstance(shown, FormdonePage)
    assert (shown.code, shown.paper, shown.number, shown.more) == ("HS4K7 KM2QR", "printing", "B042", False)
    slip = last(walk, e.PrintFormSlip)
    assert (slip.code, slip.title, slip.until) == ("HS4K7KM2QR", "Renew a passport", "2026-12-28")
    assert PLANTED not in msgspec.json.encode(walk.journey.context).decode(), "what is saved is not kept here"
    assert PIN not in msgspec.json.encode(walk.journey.context).decode()
    shown = walk(e.FormSlipPrinted(walk.number, slip.look, is_printed=True))
    assert isinstance(shown, FormdonePage)
    assert shown.paper == "taken"
    assert isinstance(walk("done"), LanguagePage)
    assert e.Wipe() in walk.effects


def test_without_a_pin_nothing_is_printed_and_staff_have_it(walk: Walk) -> None:
    to_questions(walk)
    fill(walk)
    walk("go-on")
    assert isinstance(walk("go-on", "continue"), FormstatePage)
    asked = last(walk, e.SaveForm)
    assert asked.pin == ""
    shown = walk(e.FormStored(walk.number, asked.look, "saved", until="2026-12-28"))
    assert isinstance(shown, FormdonePage)
    assert (shown.code, shown.paper) == ("", "")
    assert not any(isinstance(one, e.PrintFormSlip) for one in walk.effects)


def test_who_refuses_what_is_needed_is_led_back_to_the_ticket(walk: Walk) -> None:
    to_form(walk)
    shown = walk("refuse")
    assert isinstance(shown, FormstatePage)
    assert (shown.found, shown.ticket) == ("declined", True)
    again = walk("again")
    assert isinstance(again, ConsentPage)
    assert (again.nth, again.of, again.required) == (1, 2, True)
    walk("refuse")
    assert isinstance(walk("leave"), TicketPage)
    assert known(walk.journey.context).form is None


def test_questions_of_a_purpose_that_was_refused_are_not_asked(walk: Walk) -> None:
    to_form(walk)
    assert isinstance(walk("agree", "agree"), PrefillPage)
    shown = walk("refuse")
    assert isinstance(shown, FieldPage)
    assert shown.of == 6
    # Back to the last purpose, and another word.
    walk("back", "back")
    walk("refuse")
    shown = walk("refuse")
    assert isinstance(shown, FieldPage)
    assert shown.of == 5


def test_back_leads_through_parts_of_a_date_and_questions(walk: Walk) -> None:
    to_questions(walk)
    walk(*typed("Doe"), "submit", *typed("1984"), "submit", ("choose", "2"))
    shown = walk.page
    assert isinstance(shown, FieldPage)
    assert (shown.part, shown.days[-1], shown.months) == ("day", 29, ())
    for part in ("month", "year"):
        shown = walk("back")
        assert isinstance(shown, FieldPage)
        assert shown.part == part
    shown = walk("back")
    assert isinstance(shown, FieldPage)
    assert (shown.nth, shown.entered) == (1, "Doe")


def test_no_day_that_is_none_and_none_that_is_not_asked_for(walk: Walk) -> None:
    to_questions(walk)
    walk(*typed("Doe"), "submit")
    for year in ("1899", "2027"):
        shown = walk(*typed(year), "submit")
        assert isinstance(shown, FieldPage)
        assert (shown.part, shown.problem) == ("year", "year")
        walk(*["erase"] * 4)
    shown = walk(*typed("2026"), "submit")
    assert isinstance(shown, FieldPage)
    assert shown.months == tuple(range(1, 12))
    shown = walk(("choose", "12"))
    assert isinstance(shown, FieldPage)
    assert shown.part == "month"
    shown = walk(("choose", "11"))
    assert isinstance(shown, FieldPage)
    assert shown.days == tuple(range(1, 29))
    shown = walk(("choose", "29"))
    assert isinstance(shown, FieldPage)
    assert shown.part == "day"


@pytest.mark.parametrize(("number", "problem"), [("21", "range"), ("20", "")])
def test_a_number_is_one_of_those_that_are_taken(walk: Walk, number: str, problem: str) -> None:
    to_questions(walk)
    walk(*typed("Doe"), "submit", *typed("1984"), "submit", ("choose", "2"), ("choose", "3"))
    walk(("choose", "male"), ("choose", "yes"))
    shown = walk(*typed(number), "submit")
    assert isinstance(shown, FieldPage if problem else AnswersPage)
    assert not problem or (isinstance(shown, FieldPage) and shown.problem == problem)


def test_an_answer_is_changed_alone_and_back_leaves_it(walk: Walk) -> None:
    to_questions(walk)
    fill(walk)
    shown = walk(("change", "surname"))
    assert isinstance(shown, FieldPage)
    assert (shown.changing, shown.entered, shown.nth) == (True, PLANTED, 1)
    assert isinstance(walk("erase", "back"), AnswersPage)
    shown = walk(("change", "surname"), "erase", "submit")
    assert isinstance(shown, AnswersPage)
    assert [one.answer for one in shown.rows] == [PLANTED[:-1], "1984-02-29", "Female", "no", ""]


def test_a_pin_is_typed_twice_is_not_easy_and_never_shown(walk: Walk) -> None:
    to_questions(walk)
    fill(walk)
    walk("go-on", "keep")
    shown = walk(*typed("123456", "digit"), "submit")
    assert isinstance(shown, NewpinPage)
    assert (shown.problem, shown.entered, shown.again) == ("weak", "", False)
    shown = walk(*typed(PIN, "digit"))
    assert isinstance(shown, NewpinPage)
    assert (shown.entered, shown.ready) == ("\N{BULLET}" * 6, True)
    shown = walk("submit", *typed(OTHER, "digit"), "submit")
    assert isinstance(shown, NewpinPage)
    assert (shown.problem, shown.again) == ("differs", False)
    assert PIN not in repr(walk.journey.context)
    assert PIN not in repr(walk.effects)


def test_nothing_is_filled_in_from_a_document_before_they_agree(walk: Walk) -> None:
    to_form(walk)
    shown = walk("agree", "refuse")
    assert isinstance(shown, PrefillPage)
    assert (len(shown.questions), shown.reader) == (3, "")
    walk(e.DocumentRead("UTO", 4))
    assert not any(isinstance(one, e.ReadFields) for one in walk.effects)
    shown = walk("agree")
    assert isinstance(shown, PrefillPage)
    assert shown.reader == "ready"
    walk(e.ReadingStarted(), e.DocumentUnread(), e.DocumentRead("UTO", 5))
    asked = last(walk, e.ReadFields)
    assert asked.laid == 5
    values = ((ChipField.SURNAME, "DOE"), (ChipField.BIRTH_DATE, "2030-01-01"), (ChipField.SEX, "F"))
    shown = walk(e.FieldsRead(walk.number, asked.look, values))
    assert isinstance(shown, FieldPage)
    assert (shown.nth, shown.entered) == (1, "DOE")
    assert dict(known(walk.journey.context).answers) == {"surname": "DOE", "sex": "female"}, "a day to come is no birth"


def test_a_form_that_was_begun_is_opened_and_gone_on_with(walk: Walk) -> None:
    walk(("language", "en"))
    assert isinstance(walk("code", "form"), FormcodePage)
    walk(*typed("HS4K7KM2QR", "sign"))
    assert isinstance(walk("submit"), FormpinPage)
    walk(*typed(PIN, "digit"), "submit", "continue")
    asked = last(walk, e.OpenForm)
    assert (asked.code, asked.pin, asked.visit) == ("HS4K7KM2QR", PIN, "")
    shown = walk(e.FormOpened(walk.number, asked.look, "not-opened"))
    assert isinstance(shown, FormstatePage)
    assert (shown.found, shown.ticket) == ("not-opened", False)
    assert isinstance(walk("again"), FormcodePage)
    walk(*typed("HS4K7KM2QR", "sign"), "submit", *typed(PIN, "digit"), "submit", "continue")
    asked = last(walk, e.OpenForm)
    answers = {"surname": "Doe", "birth": "1984-02-29", "gone": "no question any more"}
    shown = walk(e.FormOpened(walk.number, asked.look, "opened", "renewal-form", answers, ("application",)))
    assert isinstance(shown, PrefillPage)
    shown = walk("refuse")
    assert isinstance(shown, FieldPage)
    assert shown.nth == 3, "at the first question that is open"
    walk(("choose", "other"), ("choose", "yes"), "skip", "go-on", "continue")
    kept = last(walk, e.SaveForm)
    assert (kept.code, kept.pin, kept.visit) == ("HS4K7KM2QR", PIN, "")
    assert dict(kept.answers) == {"surname": "Doe", "birth": "1984-02-29", "sex": "other", "married": True}
    shown = walk(e.FormStored(walk.number, kept.look, "saved", until="2026-12-28"))
    assert isinstance(shown, FormdonePage)
    assert shown.code == "HS4K7 KM2QR"


def test_one_that_is_whole_shows_all_its_answers_at_once(walk: Walk) -> None:
    to_form(walk)
    walk("back")
    walk("begun", *typed("HS4K7KM2QR", "sign"), "submit", *typed(PIN, "digit"), "submit", "continue")
    asked = last(walk, e.OpenForm)
    assert asked.visit == "visit-1"
    answers: dict[str, FormAnswer] = {"surname": "Doe", "birth": "1984-02-29", "sex": "male", "married": True}
    shown = walk(e.FormOpened(walk.number, asked.look, "opened", "renewal-form", answers, ("application",)))
    assert isinstance(shown, AnswersPage)
    assert shown.ready


@pytest.mark.parametrize("outcome", ["away", "slowed", "refused"])
def test_while_it_cannot_be_kept_it_is_here_and_can_be_sent_again(walk: Walk, outcome: str) -> None:
    to_saving(walk)
    asked = last(walk, e.SaveForm)
    shown = walk(e.FormStored(walk.number, asked.look, outcome, wait_s=61))  # type: ignore[arg-type]
    assert isinstance(shown, FormstatePage)
    assert (shown.found, shown.saving, shown.wait_min, shown.ticket) == (outcome, True, 2, True)
    walk("again")
    again = last(walk, e.SaveForm)
    assert again.look == asked.look + 1
    assert replace(again, look=0) == replace(asked, look=0)
    walk(e.FormStored(walk.number, asked.look, "saved", "LATE"))
    assert isinstance(walk.page, FormstatePage), "an answer that is late is none"
    walk(e.FormStored(walk.number, again.look, "away"))
    assert isinstance(walk("leave"), TicketPage)
    assert PLANTED not in msgspec.json.encode(walk.journey.context).decode()


def test_an_answer_that_the_server_does_not_take_is_asked_once_more(walk: Walk) -> None:
    to_saving(walk)
    asked = last(walk, e.SaveForm)
    walk(e.FormStored(walk.number, asked.look, "answers", field="surname"))
    shown = walk("again")
    assert isinstance(shown, FieldPage)
    assert (shown.nth, shown.problem, shown.changing) == (1, "refused", True)
    assert isinstance(walk("submit"), AnswersPage)


def test_two_forms_of_one_service_are_filled_in_one_after_the_other(around: Surroundings) -> None:
    walk = Walk(replace(around, offer=replace(around.offer, forms=(SECOND, FORM_VIEW))))
    to_form(walk, "second-form")
    walk("agree", *typed("at sea"), "submit", "go-on", "go-on", "continue")
    asked = last(walk, e.SaveForm)
    shown = walk(e.FormStored(walk.number, asked.look, "saved", until="2026-12-28"))
    assert isinstance(shown, FormdonePage)
    assert shown.more
    listed = walk("next")
    assert isinstance(listed, FormlistPage)
    assert [one.id for one in listed.forms] == ["renewal-form"]


def test_an_emergency_takes_all_answers_and_leads_back_to_the_ticket(walk: Walk) -> None:
    to_questions(walk)
    walk(*typed(PLANTED))
    walk(e.AvailabilityChanged(Availability(notices=(LEAVE,))))
    assert PLANTED not in msgspec.json.encode(walk.journey.context).decode()
    walk(e.AvailabilityChanged(Availability()))
    shown = walk.wait(0.1)
    assert isinstance(shown, TicketPage)
    assert (shown.code, shown.form) == ("B042", True)


def test_left_alone_all_is_wiped(walk: Walk) -> None:
    to_questions(walk)
    walk(*typed(PLANTED))
    walk.wait(119)
    assert isinstance(walk.page, FieldPage)
    walk.wait(30)
    assert isinstance(walk.page, LanguagePage)
    assert PLANTED not in msgspec.json.encode(walk.journey.context).decode()
    assert walk.journey.flow is VISIT


def test_while_the_server_is_away_no_form_is_offered_or_it_is_said(walk: Walk, around: Surroundings) -> None:
    to_form(walk)
    walk("back")
    shown = walk(e.HealthChanged(replace(around.health, connected=False)))
    assert isinstance(shown, FormlistPage)
    assert shown.away
    assert walk.journey.flow is FORM
    back = walk("leave")
    assert isinstance(back, TicketPage)
    assert not back.form


def test_back_from_the_first_page_leads_to_the_ticket(walk: Walk) -> None:
    to_form(walk)
    assert isinstance(walk("back"), FormlistPage)
    assert isinstance(walk("back"), TicketPage)


def test_signs_that_no_key_has_do_not_come_in(walk: Walk) -> None:
    to_questions(walk)
    shown = walk(*typed("D\nœÉع\x00 \u202e€  o"), "erase", ("key", "ab"))
    assert isinstance(shown, FieldPage)
    assert shown.entered == "DœÉع "


def test_many_choices_are_found_by_their_letters(around: Surroundings) -> None:
    names = ("Côte d'Ivoire", "Costa Rica", "Democratic Republic of the Congo", "Congo", *map(str, range(20)))
    choices = tuple(FormChoiceView(f"c{at}", {"en": name}) for at, name in enumerate(names))
    asked = field("country", FormFieldKind.CHOICE, choices=choices)
    form = replace(FORM_VIEW, fields=(asked,))
    walk = Walk(replace(around, offer=replace(around.offer, forms=(form,))))
    to_form(walk)
    shown = walk("agree", "refuse")
    assert isinstance(shown, FieldPage)
    assert (shown.part, shown.found, shown.options, shown.ready) == ("find", 24, (), False)
    shown = walk(*typed("Co"))
    assert isinstance(shown, FieldPage)
    assert (shown.found, shown.options) == (4, ())
    walk(("choose", "c1"))
    assert known(walk.journey.context).answers == (), "nothing is chosen that is not shown"
    shown = walk("submit")
    assert isinstance(shown, FieldPage)
    assert (shown.part, [one.id for one in shown.options]) == ("list", ["c0", "c1", "c2", "c3"])
    shown = walk("back", *typed("te d iv"), "submit")
    assert isinstance(shown, FieldPage)
    assert [one.label for one in shown.options] == ["Côte d'Ivoire"]
    shown = walk(("choose", "c0"))
    assert isinstance(shown, AnswersPage)
    assert shown.rows[0].answer == "Côte d'Ivoire"
