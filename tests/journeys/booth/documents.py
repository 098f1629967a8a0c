"""The made-up documents of the booth: what lies on the readers, what is held under the scanner, and who is trusted.

States are real ones, so that their codes are; authorities, signers, people and numbers are made up, and new each time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from peripherals.documents.passport import pki
from peripherals.documents.passport.chip import SimulatedChip
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.passport.pki import State
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import build
from peripherals.documents.passport.zone import check_digit, make_person
from peripherals.documents.trust import certificate, crl
from peripherals.documents.trust.store import TrustStore
from tests.peripherals.seals import maker
from tests.peripherals.seals.maker import SealSigner, c40, feature

#: When the documents are read.
NOW = datetime.now(UTC)
_LIFE = pki.Validity(NOW - timedelta(days=300), NOW + timedelta(days=3_000))
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNED = (NOW - timedelta(days=2)).date()


@dataclass(frozen=True, slots=True)
class Laid:
    """One document, ready to be laid down or held up.

    ``showings`` are the lines as the reader sends them, each time that it reads them; ``seal`` is what a code holds.
    """

    showings: tuple[tuple[str, ...], ...] = ()
    chip: SimulatedChip | None = None
    removed_after: int = 0
    seal: bytes = b""
    #: Certificates and revocation lists, DER, that the kiosk has.
    trusted: tuple[bytes, ...] = ()
    revoked: tuple[bytes, ...] = ()


type Make = Callable[[State, int], Laid]


def chip(profile: str, *, revocations: bool = True, person: int = 0) -> Make:
    """Give a document with a chip; the kiosk trusts what a reader of this profile is said to trust.

    ``person`` is who holds it, where that is not left to chance.
    """

    def make(state: State, seed: int) -> Laid:
        made = build(PROFILES[profile], NOW, person or seed, state)
        lists = made.trust.revocation_lists if revocations else ()
        trusted = (*made.trust.authorities, *made.trust.links)
        return Laid((made.lines,), made.chip, made.profile.removed_after, trusted=trusted, revoked=lists)

    return make


def paper(profile: str) -> Make:
    """Give the printed page of a document alone."""

    def make(state: State, seed: int) -> Laid:
        return Laid((build(PROFILES[profile], NOW, seed, state).lines,))

    return make


def visa(width: int) -> Make:
    """Give a visa sticker: format A has 44 characters a line, format B 36 (Doc 9303-7, 4)."""

    def make(state: State, seed: int) -> Laid:
        return Laid((_visa_lines(state, seed, width, 90),))

    return make


def misread() -> Make:
    """Give a page on which this reader takes a character of the number for another, each time alike but once."""

    def make(state: State, seed: int) -> Laid:
        first, second = build(PROFILES["ordinary"], NOW, seed, state).lines
        wrong, once = (first, _other(second, 0)), (first, _other(second, 1))
        return Laid((wrong, once, wrong))

    return make


def worn() -> Make:
    """Give a page with letters rubbed off: it is read differently each time, and never rightly."""

    def make(state: State, seed: int) -> Laid:
        first, second = build(PROFILES["ordinary"], NOW, seed, state).lines
        return Laid(((first, _other(second, 2)), (first, _other(second, 3))))

    return make


def torn() -> Make:
    """Give a page whose second line is torn off in the middle."""

    def make(state: State, seed: int) -> Laid:
        first, second = build(PROFILES["ordinary"], NOW, seed, state).lines
        return Laid(((first, second[:19]),))

    return make


def _other(line: str, at: int) -> str:
    """Take one character for another, so that the check digit does not hold."""
    digit = int(line[at], 36)
    return line[:at] + _DIGITS[digit + 1 if digit % 10 != 9 else digit - 1] + line[at + 1 :]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs seals in a state: its authority, and one signer."""

    state: State
    authority: pki.Authority
    signer: SealSigner = field(repr=False)

    @staticmethod
    def of(state: State, seed: int) -> "Issuer":
        authority = pki.make_authority(state, Algorithm(), _LIFE, seed)
        # A curve that seals in JSON may be signed with (Doc 9303-13, 4.4).
        algorithm = Algorithm(curve="secp256r1")
        signer = maker.make_signer(authority=authority, algorithm=algorithm, validity=_LIFE, country=state.country)
        return Issuer(state, authority, signer)

    def known(self, seal: bytes) -> Laid:
        """Give the seal to a kiosk that knows its signer."""
        revoked = pki.revocation_list(self.authority, (), NOW - timedelta(days=1))
        return Laid(seal=seal, trusted=(self.authority.certificate, self.signer.certificate), revoked=(revoked,))

    def head(self, kind: tuple[int, int], signer: str = "", length: str | None = None) -> bytes:
        return maker.header(
            country=self.state.code,
            signer=signer or f"{self.state.country}TS",
            issued=_SIGNED,
            signed=_SIGNED,
            kind=kind,
            length=length,
        )


def emergency_paper(days: int = 300, *, changed: bool = False, known: bool = True) -> Make:
    """Give an emergency travel document with a seal on it (Doc 9303-13, VDS); ``days`` to its last one."""

    def make(state: State, seed: int) -> Laid:
        issuer = Issuer.of(state, seed)
        zone = "".join(_emergency_lines(state, seed, days))
        seal = maker.make_seal(issuer.signer, [feature(2, c40(zone))], issuer.head((0x5E, 0x03)))
        if changed:
            other = c40(zone[:12] + ("Q" if zone[12] != "Q" else "R") + zone[13:])
            seal = seal.replace(c40(zone), other)
        return issuer.known(seal) if known else Laid(seal=seal)

    return make


def sealed_visa() -> Make:
    """Give a visa with a seal (Doc 9303-7, 9): its last line is cut in the seal."""

    def make(state: State, seed: int) -> Laid:
        issuer = Issuer.of(state, seed)
        first, second = _visa_lines(state, seed, 44, 90)
        features = [
            feature(1, c40(first + second[:28])),
            feature(3, b"\x01"),
            feature(4, bytes((90, 0, 0))),
            feature(5, c40("UFO001979")),
        ]
        return issuer.known(maker.make_seal(issuer.signer, features, issuer.head((0x5D, 0x01))))

    return make


def arrival_attestation() -> Make:
    """Give a German proof of arrival (BSI TR-03137 part 1, 5)."""

    def make(state: State, seed: int) -> Laid:
        issuer = Issuer.of(state, seed)
        zone = "".join(_emergency_lines(state, seed, 180))
        features = [feature(2, c40(zone)), feature(3, c40("123456789012"))]
        return issuer.known(maker.make_seal(issuer.signer, features, issuer.head((0xFD, 0x02))))

    return make


def health_certificate() -> Make:
    """Give a proof of a vaccination (Doc 9303-13, VDS-NC)."""

    def make(state: State, seed: int) -> Laid:
        issuer = Issuer.of(state, seed)
        head = {"t": "icao.vacc", "v": 1, "is": state.code}
        return issuer.known(maker.make_json(issuer.signer, head=head))

    return make


def newer_seal(kind: int, *, changed: bool = False) -> Make:
    """Give a paper with a barcode of the newer structure (ICAO TR Digital Travel Seals; ``RDB1``)."""

    def make(state: State, seed: int) -> Laid:
        issuer = Issuer.of(state, seed)
        zone = "".join(_emergency_lines(state, seed, 300))
        head = maker.idb_header(issuer.signer, country=state.code, signed=_SIGNED, masked=True)
        messages = [feature(0x81, c40(zone)), feature(0x86, bytes((kind,)))]
        signature = bytes(64) if changed else None
        return issuer.known(maker.make_idb(issuer.signer, messages, head=head, signature=signature))

    return make


def store_of(laid: Sequence[Laid]) -> TrustStore:
    """Trust what is trusted of each."""
    trusted = tuple(certificate.read(der) for one in laid for der in one.trusted)
    return TrustStore(trusted, tuple(crl.read(der) for one in laid for der in one.revoked))


def _code(state: State) -> str:
    return state.code.ljust(3, "<")


def _emergency_lines(state: State, seed: int, days: int) -> tuple[str, str]:
    person = make_person(seed, (NOW + timedelta(days=days)).date())
    first = f"PU{_code(state)}{person.surname}<<{person.given}"[:36].ljust(36, "<")
    last = (NOW + timedelta(days=days)).strftime("%y%m%d")
    return first, maker.second_line(person.number, _code(state), person.birth.strftime("%y%m%d"), "F", last)


def _visa_lines(state: State, seed: int, width: int, days: int) -> tuple[str, str]:
    person = make_person(seed, (NOW + timedelta(days=days)).date())
    first = f"V<{_code(state)}{person.surname}<<{person.given}"[:width].ljust(width, "<")
    number, birth = person.number.ljust(9, "<"), person.birth.strftime("%y%m%d")
    last = (NOW + timedelta(days=days)).strftime("%y%m%d")
    second = f"{number}{check_digit(number)}UTO{birth}{check_digit(birth)}F{last}{check_digit(last)}"
    return first, second.ljust(width, "<")
