"""Judges made seals: the trust store of a made-up state, and verdicts by check."""

from datetime import datetime

from peripherals.documents.mrz import Mrz
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.seals import reading
from peripherals.documents.seals.signers import directory
from peripherals.documents.seals.verify import standing, verify
from peripherals.documents.trust import certificate as certificates
from peripherals.documents.trust import crl
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome
from tests.peripherals.seals.maker import AUTHORITY, TODAY, SealSigner, make_signer

SIGNER = make_signer()
JSON_SIGNER = make_signer(algorithm=Algorithm(), name="NC", serial=0x77)


def trust(*authorities: pki.Authority, revoked: tuple[int, ...] | None = (), at: datetime = TODAY) -> TrustStore:
    lists = [] if revoked is None else [crl.read(pki.revocation_list(each, revoked, at)) for each in authorities]
    return TrustStore(tuple(certificates.read(each.certificate) for each in authorities), tuple(lists))


def judge(
    data: bytes,
    *signers: SealSigner,
    store: TrustStore | None = None,
    at: datetime = TODAY,
    printed: Mrz | None = None,
) -> tuple[dict[Check, CheckVerdict], DocumentStanding]:
    verdicts = verify(
        reading.parse(data),
        at=at,
        find_signer=directory(signer.read for signer in signers),
        store=trust(AUTHORITY) if store is None else store,
        printed=printed,
    )
    assert len({verdict.check for verdict in verdicts}) == len(verdicts) == 10
    return {verdict.check: verdict for verdict in verdicts}, standing(verdicts)


def failed(found: dict[Check, CheckVerdict]) -> dict[Check, str]:
    return {check: verdict.reason for check, verdict in found.items() if verdict.outcome is Outcome.FAILED}
