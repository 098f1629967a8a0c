"""Who could sign, and until when."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from queue_server.signing import EventSigner, FormerKey, Verifier

FIRST, SECOND, THIEF = (Ed25519PrivateKey.from_private_bytes(bytes([one]) * 32) for one in (1, 2, 3))
UNTIL = 1_000_000
SAID = b"a day"


def former(until: int | None) -> Verifier:
    return EventSigner(SECOND, [FormerKey(FIRST.public_key().public_bytes_raw(), until)]).verifier


def test_a_key_before_has_signed_what_came_before_its_end_and_no_later() -> None:
    first, verifier = EventSigner(FIRST), former(UNTIL)
    made = first.sign(SAID)
    assert verifier.accepts(first.key_id, SAID, made, UNTIL - 1)
    assert not verifier.accepts(first.key_id, SAID, made, UNTIL)
    assert former(None).accepts(first.key_id, SAID, made, UNTIL)
    assert not verifier.accepts(first.key_id, b"another day", made, 0)


def test_whoever_names_another_key_than_the_one_that_signed_is_not_believed() -> None:
    first, second, thief = EventSigner(FIRST), EventSigner(SECOND), EventSigner(THIEF)
    verifier = former(UNTIL)
    assert verifier.accepts(second.key_id, SAID, second.sign(SAID), UNTIL)
    assert not verifier.accepts(second.key_id, SAID, first.sign(SAID), 0)
    assert not verifier.accepts(first.key_id, SAID, second.sign(SAID), 0)
    for key_id in (first.key_id, second.key_id, thief.key_id):
        assert not verifier.accepts(key_id, SAID, thief.sign(SAID), 0)
