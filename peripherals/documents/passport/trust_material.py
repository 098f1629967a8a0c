"""Who signed a specimen, and what a reader has to check that with (Doc 9303-12)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from peripherals.documents.passport.cms import master_list
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.passport.pki import (
    ELSEWHERE,
    UTOPIA,
    Authority,
    SimulatedSigner,
    State,
    Validity,
    issue_document_signer,
    issue_list_signer,
    link,
    make_authority,
    revocation_list,
    self_made_signer,
)
from peripherals.documents.passport.profile import Attack, SpecimenProfile

_YEAR = timedelta(days=365)
_AUTHORITY_LIFE = (-6 * _YEAR, 10 * _YEAR)
_SIGNER_LIFE = (-2 * _YEAR, 9 * _YEAR)
_ISSUED = -_YEAR


@dataclass(frozen=True, slots=True)
class TrustMaterial:
    """Certificates and lists, DER, as a reader that trusts them would have them."""

    authorities: tuple[bytes, ...]
    links: tuple[bytes, ...]
    revocation_lists: tuple[bytes, ...]
    #: A master list of these authorities, signed by the state's list signer.
    master_list: bytes

    def write(self, folder: Path) -> list[Path]:
        """Write everything into a folder: ``*.cer``, ``*.crl`` and ``master-list.ml``; gives the files."""
        folder.mkdir(parents=True, exist_ok=True)
        kinds = (
            ("authority", "cer", self.authorities),
            ("link", "cer", self.links),
            ("revoked", "crl", self.revocation_lists),
        )
        files = {
            folder / f"{name}-{at}.{suffix}": content
            for name, suffix, contents in kinds
            for at, content in enumerate(contents, start=1)
        }
        files[folder / "master-list.ml"] = self.master_list
        for path, content in files.items():
            path.write_bytes(content)
        return list(files)


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, and when it was done."""

    signer: SimulatedSigner
    issued: datetime
    trust: TrustMaterial
    #: Signs EF.CardSecurity, which no attack touches.
    genuine: SimulatedSigner


def make_signing(profile: SpecimenProfile, at: datetime, seed: int, state: State = UTOPIA) -> Signing:
    """Make the authorities and the signer of one specimen.

    Args:
        profile: its algorithms and its attack.
        at: the time at which the specimen is to be read.
        seed: of the keys.
        state: whose document it is.
    """
    attack = profile.attack
    authority = make_authority(state, profile.authority, _validity(at, _AUTHORITY_LIFE), seed)
    issuer = _issuer(attack, authority, at, seed)
    issued, life = at + _ISSUED, _SIGNER_LIFE
    if attack is Attack.SIGNER_EXPIRED:
        issued, life = at - 5 * _YEAR, (-6 * _YEAR, timedelta(days=-30))
    validity = _validity(at, life)
    swapped = None
    if attack is Attack.CERTIFICATE_ALGORITHM_SWAPPED:
        swapped = Algorithm(issuer.key.algorithm.scheme, "sha512")
    genuine = issue_document_signer(issuer, profile.signer, validity, seed, swapped=swapped)
    signer = genuine
    if attack in {Attack.SELF_MADE_SIGNER, Attack.SELF_MADE_SIGNER_CLAIMS_KEY}:
        claims_key = attack is Attack.SELF_MADE_SIGNER_CLAIMS_KEY
        signer = self_made_signer(issuer, profile.signer, validity, seed, claims_key=claims_key)
    return Signing(signer, issued, _trust(attack, authority, issuer, genuine.serial, at=at, seed=seed), genuine)


def _issuer(attack: Attack, authority: Authority, at: datetime, seed: int) -> Authority:
    if attack is Attack.SIGNER_OF_ANOTHER_STATE:
        return make_authority(ELSEWHERE, authority.key.algorithm, authority.validity, seed)
    if attack in {Attack.LINKED, Attack.LINKED_LISTED, Attack.LINK_MISSING}:
        validity = _validity(at, (-3 * _YEAR, 12 * _YEAR))
        return make_authority(authority.state, authority.key.algorithm, validity, seed, "csca-2")
    return authority


def _trust(
    attack: Attack, authority: Authority, issuer: Authority, serial: int, *, at: datetime, seed: int
) -> TrustMaterial:
    known = [authority]
    if attack is Attack.AUTHORITY_UNKNOWN:
        known = [make_authority(ELSEWHERE, authority.key.algorithm, authority.validity, seed)]
    elif attack is Attack.SIGNER_OF_ANOTHER_STATE:
        known = [authority, issuer]
    links = (link(authority, issuer),) if attack in {Attack.LINKED, Attack.LINKED_LISTED} else ()
    revoked = [serial] if attack is Attack.SIGNER_REVOKED else []
    yesterday = at - timedelta(days=1)
    listing = [*known, issuer] if attack is Attack.LINKED_LISTED else known
    lister = issue_list_signer(known[0], known[0].key.algorithm, _validity(at, _SIGNER_LIFE), seed)
    certificates = tuple(each.certificate for each in known)
    return TrustMaterial(
        certificates,
        links,
        tuple(revocation_list(each, revoked, yesterday) for each in listing),
        master_list((*certificates, *links), lister, known[0].certificate, yesterday),
    )


def _validity(at: datetime, life: tuple[timedelta, timedelta]) -> Validity:
    return Validity(at + life[0], at + life[1])
