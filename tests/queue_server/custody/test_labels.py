"""What stands on a sleeve: for people, and for scanners."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.custody import labels

LABELS = st.integers(10_001, 999_999_999)


@given(LABELS)
def test_a_label_is_read_as_it_is_written(label: int) -> None:
    for text in (labels.shown(label), labels.barcode(label), labels.barcode(label).lower(), str(label)):
        assert labels.read(text) == label


@given(LABELS, st.data())
def test_a_slip_in_a_barcode_is_noticed(label: int, data: st.DataObject) -> None:
    text = labels.barcode(label)
    digits = text[1:-1]
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = digits[:place] + data.draw(st.sampled_from("0123456789")) + digits[place + 1 :]
    if wrong != digits:
        assert labels.read(f"D{wrong}{text[-1]}") != int(wrong)
    if place and digits[place] != digits[place - 1]:
        swapped = digits[: place - 1] + digits[place] + digits[place - 1] + digits[place + 1 :]
        assert labels.read(f"D{swapped}{text[-1]}") is None


def test_people_read_it_in_groups() -> None:
    assert labels.shown(48213) == "D 48 213"
    assert labels.shown(1048213) == "D 1 048 213"


@given(st.text(max_size=12))
def test_nothing_else_is_a_label(text: str) -> None:
    found = labels.read(text)
    assert found is None or str(found) in "".join(sign for sign in text.upper() if sign.isalnum())
