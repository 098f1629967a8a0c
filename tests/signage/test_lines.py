"""A long announcement is cut where people pause."""

from hypothesis import given
from hypothesis import strategies as st

from signage.lines import lines


def test_what_has_room_is_one_line() -> None:
    assert lines("The lift does not work. Ask staff.", 40) == ("The lift does not work. Ask staff.",)


def test_sentences_stay_whole() -> None:
    text = "The lift does not work today. Please ask staff. They know the way."
    assert lines(text, 40) == ("The lift does not work today.", "Please ask staff. They know the way.")


def test_a_long_sentence_is_cut_between_words_into_parts_of_about_the_same_length() -> None:
    text = "Use the small door to Harbour Street, not the main door, and wait in the yard behind the house"
    assert lines(text, 66) == (
        "Use the small door to Harbour Street, not the",
        "main door, and wait in the yard behind the house",
    )


def test_a_question_ends_in_arabic_too() -> None:
    assert lines("هل معك موعد؟ اسأل موظفًا. شكرًا.", 20) == ("هل معك موعد؟", "اسأل موظفًا. شكرًا.")


@given(st.text(st.sampled_from("ab .?!\n\u061f\u0645"), max_size=160), st.integers(1, 80))
def test_nothing_is_lost_and_every_line_has_room(text: str, room: int) -> None:
    found = lines(text, room)
    assert all(0 < len(line) <= room for line in found if line)
    assert "".join("".join(found).split()) == "".join(text.split())
