"""The worked examples of the standards, value by value, and their signatures.

TR-03137 prints seals and not the certificates of their signers. Yet a signature, what was signed and the curve leave
two keys that may have made it; three seals of one signer share one of them. That key signed all three, and shows that
hash function and signed bytes are read as BSI writes them.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import ecdsa
import pytest

from peripherals.documents.curves import CURVES, Point
from peripherals.documents.seals import profiles, reading, vds_nc
from peripherals.documents.seals.signature import algorithm
from peripherals.documents.seals.signers import directory
from peripherals.documents.seals.vds import Vds
from peripherals.documents.seals.vds_nc import VdsNc
from peripherals.documents.seals.verify import standing, verify
from peripherals.documents.trust import keys
from peripherals.documents.trust.keys import EcKey
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, DocumentStanding, Outcome
from tests.peripherals.seals import worked_examples as examples

MUSTERMANN = "MED<<MUSTERMANN<<ERIK<<<<<<<<<<<<<<<M0000000<4ALB0308212M1604128<<<<<<<2"
# The annex prints ARD beside bytes that say ATD, and T2000AKA7 beside bytes that say T2000AK47.
RESIDORCE = "ATD<<RESIDORCE<<ROLAND<<<<<<<<<<<<<<6525845096USA7008038M2201018<<<<<<06"
STICKERS = ("address-of-identity-card", "residence-of-passport")
DENT = "VCD<<DENT<<ARTHUR<PHILIP<<<<<<<<<<<<1234567XY7GBR5203116M2005250<<<<<<<<"


def read(data: bytes) -> Vds:
    seal = reading.parse(data)
    assert isinstance(seal, Vds)
    return seal


@pytest.mark.parametrize(
    ("data", "document", "signer", "signed", "fields"),
    [
        (
            examples.ARRIVAL_ATTESTATION,
            "arrival-attestation",
            ("DETS", "00027"),
            date(2020, 1, 13),
            {"zone": MUSTERMANN, "azr_number": "160113000085"},
        ),
        (
            examples.SOCIAL_INSURANCE_CARD,
            "social-insurance-card",
            ("DETS", "00027"),
            date(2020, 1, 14),
            {
                "social_insurance_number": "65170839J003",
                "surname": "Perschweiß",
                "given_names": "Oscar",
                "name_at_birth": "Jâcobénidicturius",
            },
        ),
        (
            examples.RESIDENCE_PERMIT,
            "residence-permit",
            ("DETS", "27"),
            date(2020, 1, 13),
            {"zone": RESIDORCE, "passport_number": "UFO001979"},
        ),
        (
            examples.VISA,
            "visa",
            ("DETS", "32"),
            date(2021, 12, 3),
            {"zone": DENT, "duration_of_stay": "P160D", "passport_number": "47110815P"},
        ),
        (
            examples.ADDRESS_STICKER,
            "address-of-identity-card",
            ("DETS", "32"),
            date(2021, 12, 3),
            {"document_number": "T2000AK47", "municipality": "05314000", "address": "53123MUSTERMANNSTRASSE21"},
        ),
        (
            examples.RESIDENCE_STICKER,
            "residence-of-passport",
            ("DETS", "32"),
            date(2021, 12, 3),
            {"document_number": "PA5500K11", "municipality": "03359010", "postal_code": "21614"},
        ),
    ],
)
def test_annexes_c_to_h(
    data: bytes, document: str, signer: tuple[str, str], signed: date, fields: dict[str, Any]
) -> None:
    seal = read(data)
    header = seal.header
    known = profiles.profile(header)
    assert known is not None
    assert known.name == document
    assert (header.country, header.signer, header.reference, header.signed) == ("D", *signer, signed)
    assert header.issued == date(2021 if document in STICKERS else 2020, 1, 1)
    assert profiles.fields(seal, known) == fields
    assert profiles.fault(seal, known) is None


@pytest.mark.parametrize(
    ("seals", "curve", "library", "digest"),
    [
        (
            (examples.ARRIVAL_ATTESTATION, examples.SOCIAL_INSURANCE_CARD, examples.RESIDENCE_PERMIT),
            "brainpoolP256r1",
            ecdsa.BRAINPOOLP256r1,
            "sha256",
        ),
        (
            (examples.VISA, examples.ADDRESS_STICKER, examples.RESIDENCE_STICKER),
            "brainpoolP224r1",
            ecdsa.BRAINPOOLP224r1,
            "sha224",
        ),
    ],
)
def test_three_seals_of_each_signer_have_one_key(
    seals: Sequence[bytes], curve: str, library: ecdsa.curves.Curve, digest: str
) -> None:
    read_seals = [read(data) for data in seals]
    recovered = [
        {
            key.to_string()
            for key in ecdsa.VerifyingKey.from_public_key_recovery(
                seal.signature, seal.signed, library, hashfunc=getattr(hashlib, digest)
            )
        }
        for seal in read_seals
    ]
    [point] = set.intersection(*recovered)
    size = CURVES[curve].size
    key = EcKey(CURVES[curve], Point(int.from_bytes(point[:size]), int.from_bytes(point[size:])))
    for seal in read_seals:
        found = algorithm(seal, key)
        assert found is not None
        assert found.hash == digest
        assert keys.verify(key, found, seal.signature, seal.signed)
        assert not keys.verify(key, found, seal.signature, seal.signed[:-1] + b"\x00")


def test_the_seal_of_utopia_in_json() -> None:
    seal = reading.parse(examples.VDS_NC)
    assert isinstance(seal, VdsNc)
    assert (seal.type, seal.version, seal.country, seal.algorithm) == ("icao.vacc", 1, "UTO", "ES256")
    assert seal.message["pid"]["n"] == "Smith Bill"
    at = datetime(2021, 7, 1, tzinfo=UTC)
    verdicts = verify(seal, at=at, find_signer=directory([]), store=TrustStore(()))
    outcomes = {verdict.check: verdict.outcome for verdict in verdicts}
    assert outcomes[Check.SIGNATURE] is Outcome.PASSED
    assert outcomes[Check.CONTENT] is Outcome.PASSED
    assert Outcome.FAILED not in outcomes.values()
    assert standing(verdicts) is DocumentStanding.ISSUER_UNKNOWN


def test_the_seal_of_utopia_changed() -> None:
    seal = vds_nc.parse(examples.VDS_NC.replace(b"Smith Bill", b"Smith Jill"))
    verdicts = verify(seal, at=datetime(2021, 7, 1, tzinfo=UTC), find_signer=directory([]), store=TrustStore(()))
    assert standing(verdicts) is DocumentStanding.REFUSED
