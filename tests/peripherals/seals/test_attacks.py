"""Attacks on seals, each as ``docs/document-attacks.md`` tells it: the page is true, and nothing is left out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from peripherals.documents import mrz
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.seals import reading
from peripherals.documents.seals.reasons import SealReason
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome
from tests.peripherals.seals import maker
from tests.peripherals.seals.judging import JSON_SIGNER, SIGNER, judge, trust
from tests.peripherals.seals.maker import AUTHORITY, VALIDITY, SealSigner, make_json, make_seal, make_signer

PAGE = (Path(__file__).parents[3] / "docs" / "document-attacks.md").read_text("utf-8")
_FOUND = re.compile(r"`([a-z-]+)` (failed|not checked) `([a-z-]+)`")
_OUTCOMES = {"failed": Outcome.FAILED, "not checked": Outcome.NOT_CHECKED}
#: What a check says that had nothing to stand on.
_FOLLOWS = frozenset({TrustReason.SIGNER_MISSING, TrustReason.ISSUER_UNKNOWN, TrustReason.PRINTED_MISSING})

type Verdicts = tuple[dict[Check, CheckVerdict], DocumentStanding]
type Told = Callable[[Verdicts], None]


@dataclass(frozen=True)
class Row:
    found: dict[Check, tuple[Outcome, str]]
    standing: str


def cells(heading: str) -> list[list[str]]:
    """Give the cells of the table below a heading."""
    lines = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][2:]


@cache
def rows() -> dict[str, Row]:
    return {
        test.strip("`"): Row(
            {Check(check): (_OUTCOMES[outcome], reason) for check, outcome, reason in _FOUND.findall(found)},
            comes_to.strip("`"),
        )
        for _, _, found, comes_to, test in cells("Seals")
    }


@pytest.fixture
def told(request: pytest.FixtureRequest) -> Told:
    """Compare verdicts with the row of the test; what only follows from a verdict that is told is left out."""

    def compare(verdicts: Verdicts) -> None:
        found, standing = verdicts
        signature = found[Check.SIGNATURE]
        telling = {
            check: (verdict.outcome, verdict.reason)
            for check, verdict in found.items()
            if verdict.outcome is Outcome.FAILED
            or (
                verdict.outcome is Outcome.NOT_CHECKED
                and (check is Check.SIGNATURE or verdict.reason not in _FOLLOWS | {signature.reason})
            )
            or (check is Check.ISSUER and verdict.reason == TrustReason.ISSUER_UNKNOWN)
        }
        assert Row(telling, str(standing)) == rows()[request.node.originalname]

    return compare


def test_the_page_tells_every_attack_and_every_reason() -> None:
    own = {name for name in globals() if name.startswith("test_seal_")}
    assert own == set(rows())
    assert {reason.strip("`") for reason, _ in cells("Reasons of seals")} == {str(reason) for reason in SealReason}


def test_seal_with_unknown_signer(told: Told) -> None:
    data = make_seal(SIGNER)
    told(judge(data))
    assert reading.describe(reading.parse(data))["fields"]["passport_number"] == "UFO001979"


def test_seal_with_unknown_authority(told: Told) -> None:
    other = pki.make_authority(pki.ELSEWHERE, Algorithm(), VALIDITY, seed=5)
    told(judge(make_json(JSON_SIGNER), store=trust(other)))


def test_seal_with_changed_content(told: Told) -> None:
    data = make_seal(SIGNER)
    other = make_seal(SIGNER, maker.permit_features(passport="UFO001978"))
    told(judge(other[:-66] + data[-66:], SIGNER))


def test_seal_in_json_with_changed_content(told: Told) -> None:
    told(judge(make_json(JSON_SIGNER).replace(b"Eriksson Anna", b"Eriksson Anni")))


def test_seal_expired(told: Told) -> None:
    zone = ("ARUTORESIDORCE<<ROLAND<<<<<<<<<<<<<<", "6525845096USA7008038M2511253<<<<<<<6")
    told(judge(make_seal(SIGNER, maker.permit_features(zone)), SIGNER))


def test_seal_expired_with_its_signer(told: Told) -> None:
    features = [maker.feature(1, maker.c40("65170839J003")), maker.feature(2, b"Muster"), maker.feature(3, b"Erika")]
    data = make_seal(SIGNER, features, maker.header(kind=(0xFC, 0x04)))
    assert judge(data, SIGNER)[1] is DocumentStanding.UNCHANGED
    after = VALIDITY.end + timedelta(days=1)
    told(judge(data, SIGNER, at=after, store=trust(AUTHORITY, at=after)))


def test_seal_on_another_paper(told: Told) -> None:
    first, second = maker.RESIDENCE_PERMIT
    told(judge(make_seal(SIGNER), SIGNER, printed=mrz.parse(first.replace("ROLAND", "RONALD") + second)))


@pytest.mark.parametrize("make", [make_seal, make_json])
def test_seal_of_a_self_made_signer(told: Told, make: Callable[[SealSigner], bytes]) -> None:
    forged = make_signer(algorithm=Algorithm(), forged=True)
    told(judge(make(forged), forged))


@pytest.mark.parametrize("make", [make_seal, make_json])
def test_seal_of_a_self_made_signer_with_a_borrowed_name(told: Told, make: Callable[[SealSigner], bytes]) -> None:
    nameless = make_signer(algorithm=Algorithm(), forged=True, names_key=False)
    told(judge(make(nameless), nameless))


def test_seal_of_a_signer_that_was_taken_back(told: Told) -> None:
    told(judge(make_seal(SIGNER), SIGNER, store=trust(AUTHORITY, revoked=(0x32,))))


def test_seal_of_another_states_signer(told: Told) -> None:
    elsewhere = make_signer(country="GB")
    told(judge(make_seal(elsewhere, head=maker.header(signer="GBTS")), elsewhere))


def test_seal_around_another_states_zone(told: Told) -> None:
    zone = tuple(line.replace("ARUTO", "ARGBR") for line in maker.RESIDENCE_PERMIT)
    told(judge(make_seal(SIGNER, maker.permit_features(zone)), SIGNER))


@pytest.mark.parametrize("purposes", [(maker.TLS_SERVER,), ("2.23.136.1.1.3",)])
def test_seal_by_a_key_for_other_things(told: Told, purposes: tuple[str, ...]) -> None:
    other = make_signer(purposes=purposes)
    told(judge(make_seal(other), other))


@pytest.mark.parametrize(
    ("algorithm", "curve"), [("ES384", "secp256r1"), ("none", "secp256r1"), ("ES256", "brainpoolP256r1")]
)
def test_seal_with_another_algorithm_than_its_keys(told: Told, algorithm: str, curve: str) -> None:
    told(judge(make_json(make_signer(algorithm=Algorithm(curve=curve)), algorithm=algorithm)))


def test_seal_of_a_day_to_come(told: Told) -> None:
    told(judge(make_seal(SIGNER, head=maker.header(signed=date(2026, 11, 28))), SIGNER))


def test_seal_without_what_its_document_must_have(told: Told) -> None:
    told(judge(make_seal(SIGNER, maker.permit_features()[:1]), SIGNER))


def test_seal_without_a_signature(told: Told) -> None:
    payload = maker.idb_header(None) + maker.feature(0x61, b"".join(maker.passport_messages()))
    told(judge(maker.idb_text(payload, signed=False), SIGNER))


def test_seal_that_points_to_another_signer(told: Told) -> None:
    other = make_signer(name="XX", serial=0x99)
    told(judge(maker.make_idb(SIGNER, head=maker.idb_header(other)), SIGNER, other))
