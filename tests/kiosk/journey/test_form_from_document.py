"""What a document says, taken into the answers of a form: choices in any spelling, lengths and days at the edge."""

from datetime import date

from kiosk.journey import filling
from kiosk.journey.filling import FormFilling
from queue_server.contract.forms import FormChoiceView, FormFieldView, FormView
from queue_server.domain.forms import ChipField, FormDates, FormFieldKind
from tests.kiosk.journey.forms import FORM_VIEW, READ, field

TODAY = date(2026, 11, 24)


def taken(asked: FormFieldView, value: str) -> object:
    """Give the answer that a document's value becomes, None where it is left out."""
    form = FormView(FORM_VIEW.id, FORM_VIEW.services, FORM_VIEW.title, FORM_VIEW.purposes, (asked,), 30)
    begun = FormFilling(form=form, consents=(READ,))
    assert asked.from_chip is not None
    return filling.filled(begun, ((asked.from_chip, value),), TODAY).answer(asked.id)


def choice(chip: ChipField, *choices: str) -> FormFieldView:
    views = tuple(FormChoiceView(one, {"en": one}) for one in choices)
    return field("choice", FormFieldKind.CHOICE, choices=views, from_chip=chip)


def test_a_choice_is_found_however_it_is_spelt() -> None:
    sex = ("female", "male", "other")
    cases = {
        ("sex", "M", sex): "male",
        ("sex", "F", sex): "female",
        ("sex", "X", sex): "other",
        ("sex", "X", ("F", "M", "X")): "X",
        ("sex", "X", ("unspecified", "m")): "unspecified",
        ("sex", "M", ("F", "M")): "M",
        ("sex", "F", ("f", "m")): "f",
        ("sex", "M", ("Female", "MALE")): "MALE",
        ("sex", "Q", sex): None,
        ("nationality", "UTO", ("uto", "nor")): "uto",
        ("nationality", "UTO", ("Nor", "Uto")): "Uto",
        ("nationality", "M", sex): None,
    }
    found = {case: taken(choice(ChipField(case[0]), *case[2]), case[1]) for case in cases}
    assert found == cases


def test_a_text_fits_up_to_its_longest_length() -> None:
    asked = field("surname", max_length=5, from_chip=ChipField.SURNAME)
    assert [taken(asked, "x" * length) for length in (5, 6)] == ["xxxxx", None]
    assert taken(field("surname", max_length=None, from_chip=ChipField.SURNAME), "x" * 99) == "x" * 99


def test_a_day_fits_up_to_today() -> None:
    days = ("2026-11-23", "2026-11-24", "2026-11-25", "2026-02-30", "soon")
    wanted = {
        FormDates.PAST: days[:2],
        FormDates.FUTURE: days[1:3],
        FormDates.ANY: days[:3],
    }
    for dates, fitting in wanted.items():
        asked = field("birth", FormFieldKind.DATE, dates=dates, from_chip=ChipField.BIRTH_DATE)
        assert tuple(day for day in days if taken(asked, day)) == fitting, dates
