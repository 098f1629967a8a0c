"""Proof of work: what was worked out is taken for what it was given; whatever else anybody sends is nothing."""

import base64
import json

import altcha
from hypothesis import given
from hypothesis import strategies as st

from queue_server.web.booking.proof_of_work import ProofOfWork

KEY = b"k" * 32
PROOFS = ProofOfWork(lambda: (KEY,), 10, 600)


def solved(challenge: str) -> str:
    """Work it out, as the worker of a browser does."""
    found = altcha.Challenge.from_dict(json.loads(challenge))
    solution = altcha.solve_challenge(found)
    assert solution is not None
    return altcha.Payload(found, solution).to_base64()


def test_what_was_worked_out_is_proved_on_every_server() -> None:
    payload = solved(PROOFS.challenge("demo/2026-12-01", 20))
    proof = PROOFS.proved(payload, "demo/2026-12-01")
    assert proof is not None
    assert proof.rounds == 20
    assert ProofOfWork(lambda: (KEY,), 10, 600).proved(payload, "demo/2026-12-01") == proof


def test_a_proof_is_for_what_it_was_given_for() -> None:
    payload = solved(PROOFS.challenge("demo/2026-12-01", 20))
    assert PROOFS.proved(payload, "demo/2026-12-02") is None
    assert ProofOfWork(lambda: (b"x" * 32,), 10, 600).proved(payload, "demo/2026-12-01") is None


def test_a_proof_ends() -> None:
    late = ProofOfWork(lambda: (KEY,), 10, -600)
    assert late.proved(solved(late.challenge("demo", 5)), "demo") is None


def test_easier_than_it_was_given_is_no_proof() -> None:
    payload = json.loads(base64.b64decode(solved(PROOFS.challenge("demo", 20))))
    payload["challenge"]["parameters"]["cost"] = 1
    assert PROOFS.proved(base64.b64encode(json.dumps(payload).encode()).decode(), "demo") is None
    payload = json.loads(base64.b64decode(solved(PROOFS.challenge("demo", 20))))
    del payload["challenge"]["signature"]
    assert PROOFS.proved(base64.b64encode(json.dumps(payload).encode()).decode(), "demo") is None


def test_nobody_says_themselves_how_much_they_worked_out() -> None:
    payload = json.loads(base64.b64decode(solved(PROOFS.challenge("demo", 20))))
    payload["challenge"]["parameters"]["data"]["rounds"] = 4_000
    assert PROOFS.proved(base64.b64encode(json.dumps(payload).encode()).decode(), "demo") is None


def test_an_answer_to_another_question_is_no_proof() -> None:
    one, other = (json.loads(base64.b64decode(solved(PROOFS.challenge("demo", 20)))) for _ in range(2))
    one["solution"] = other["solution"]
    assert PROOFS.proved(base64.b64encode(json.dumps(one).encode()).decode(), "demo") is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
NAMES = st.sampled_from(["challenge", "solution", "parameters", "signature", "counter", "derivedKey", "nonce", "data"])


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: base64.b64encode(raw).decode()))
def test_whatever_is_sent_proves_nothing(said: str) -> None:
    assert PROOFS.proved(said, "demo") is None


@given(st.dictionaries(NAMES, VALUES | st.dictionaries(NAMES, VALUES, max_size=4), max_size=4))
def test_whatever_looks_like_one_proves_nothing(said: dict[str, object]) -> None:
    assert PROOFS.proved(base64.b64encode(json.dumps(said).encode()).decode(), "demo") is None


@given(st.sampled_from(["algorithm", "nonce", "salt", "cost", "keyLength", "keyPrefix", "expiresAt", "data"]), VALUES)
def test_a_changed_challenge_proves_nothing(field: str, value: object) -> None:
    payload = json.loads(base64.b64decode(SOLVED))
    if payload["challenge"]["parameters"][field] == value:
        return
    payload["challenge"]["parameters"][field] = value
    assert PROOFS.proved(base64.b64encode(json.dumps(payload).encode()).decode(), "demo") is None


SOLVED = solved(PROOFS.challenge("demo", 5))


def test_nobody_sends_as_much_as_they_like() -> None:
    assert PROOFS.proved("A" * 1_000_000, "demo") is None
