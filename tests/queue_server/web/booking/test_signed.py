"""What pages give to a browser and take back: by its length, its purpose, its key and its shape."""

import msgspec

from queue_server.web.booking import signed
from queue_server.web.booking.signed import SignedForms

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
FORMS = SignedForms(lambda: (KEY,))


class Chosen(msgspec.Struct):
    text: str


class Different(msgspec.Struct):
    number: int


def of_length(characters: int) -> str:
    """Sign a text so that the whole has exactly so many characters."""
    for length in range(characters):
        written = FORMS.write("page", Chosen("x" * length))
        if len(written) >= characters:
            break
    return written


def test_the_longest_is_read_and_a_longer_one_is_not() -> None:
    most = signed._MAX
    # Base64 without padding has no text of exactly ``most`` characters with this proof.
    longest, longer = of_length(most - 1), of_length(most + 1)
    assert (len(longest), len(longer)) == (most - 1, most + 1)
    assert FORMS.read("page", Chosen, longest) is not None
    assert FORMS.read("page", Chosen, longer) is None


def test_only_what_was_signed_for_this_page_under_a_known_key_is_read() -> None:
    written = FORMS.write("page", Chosen("x"))
    said, _, mac = written.partition(".")
    refused = {
        "another page": FORMS.read("other", Chosen, written),
        "another key": SignedForms(lambda: (OTHER_KEY,)).read("page", Chosen, written),
        "another shape": FORMS.read("page", Different, written),
        "no proof": FORMS.read("page", Chosen, said),
        "half a proof": FORMS.read("page", Chosen, f"{said}.{mac[:8]}"),
        "not ASCII": FORMS.read("page", Chosen, written + "é"),
        "no base64": FORMS.read("page", Chosen, f"{said}x.{mac}"),
    }
    assert {why: found for why, found in refused.items() if found is not None} == {}
    assert SignedForms(lambda: (OTHER_KEY, KEY)).read("page", Chosen, written) == Chosen("x")
