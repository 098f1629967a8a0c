"""What a reader has after it read a specimen, and whom it trusts."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache

from peripherals.documents import mrz
from peripherals.documents.emrtd.proofs import ChipProof
from peripherals.documents.passport import pki
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.trust_material import TrustMaterial
from peripherals.documents.trust import certificate, crl
from peripherals.documents.trust.passive import authenticate
from peripherals.documents.trust.policy import Policy
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
COM = 0x011E


@cache
def specimen(name: str) -> Specimen:
    return build(PROFILES[name], AT)


def store_of(trust: TrustMaterial) -> TrustStore:
    certificates = tuple(certificate.read(der) for der in (*trust.authorities, *trust.links))
    return TrustStore(certificates, tuple(crl.read(der) for der in trust.revocation_lists))


def files_of(made: Specimen) -> dict[str, bytes]:
    com = next(file.content for file in made.chip.files.application if file.identifier == COM)
    return {"EF.SOD": made.sod, "EF.COM": com} | {f"DG{number}": data for number, data in made.groups.items()}


def validity(start: int = -300, end: int = 3000) -> pki.Validity:
    """Give a span of days from ``AT``."""
    return pki.Validity(AT + timedelta(days=start), AT + timedelta(days=end))


def authority_of(made: Specimen, state: pki.State = pki.UTOPIA) -> pki.Authority:
    """Give an authority that a specimen's reader trusts, with its key: the simulator makes it from its seed."""
    life = pki.Validity(AT - timedelta(days=6 * 365), AT + timedelta(days=10 * 365))
    authority = pki.make_authority(state, made.profile.authority, life, 0)
    trusted = {certificate.read(der).key_info for der in made.trust.authorities}
    assert certificate.read(authority.certificate).key_info in trusted
    return authority


def judge(
    made: Specimen,
    *proofs: ChipProof,
    files: dict[str, bytes] | None = None,
    store: TrustStore | None = None,
    absent: Mapping[str, str] | None = None,
    policy: Policy | None = None,
) -> dict[Check, CheckVerdict]:
    verdicts = authenticate(
        files_of(made) if files is None else files,
        store or store_of(made.trust),
        at=AT,
        printed=mrz.parse(made.zone),
        proofs_given=proofs,
        absent=absent or {},
        policy=policy,
    )
    assert len({verdict.check for verdict in verdicts}) == len(verdicts)
    return {verdict.check: verdict for verdict in verdicts}


def faults(verdicts: dict[Check, CheckVerdict]) -> dict[Check, tuple[Outcome, str]]:
    """Give what did not pass."""
    return {
        check: (verdict.outcome, str(verdict.reason))
        for check, verdict in verdicts.items()
        if verdict.outcome is not Outcome.PASSED
    }
