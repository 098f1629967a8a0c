"""A whole specimen from a profile: the chip, what is printed on the document, and what its reader trusts."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from peripherals.documents import ber
from peripherals.documents.curves import STANDARDISED
from peripherals.documents.modp import DhDomain
from peripherals.documents.passport import lds
from peripherals.documents.passport.active_authentication import ActiveKey
from peripherals.documents.passport.chip import Secrets, SimulatedChip
from peripherals.documents.passport.chip_authentication import StaticKey
from peripherals.documents.passport.chip_pace import Protocol
from peripherals.documents.passport.cms import signed_data
from peripherals.documents.passport.face import SIZE, FaceFormat, face
from peripherals.documents.passport.file_system import (
    ATR_INFO,
    CARD_ACCESS,
    CARD_SECURITY,
    COM,
    SOD,
    Files,
    Protection,
    SimulatedFile,
)
from peripherals.documents.passport.indefinite import indefinite
from peripherals.documents.passport.keys import SimulatedEcKey, make_key, secret_exponent
from peripherals.documents.passport.pace_mapping import SimulatedGroup
from peripherals.documents.passport.pki import UTOPIA, State
from peripherals.documents.passport.profile import Attack, SpecimenProfile, StaticChoice
from peripherals.documents.passport.security_infos import (
    SECURITY_OBJECT,
    active_authentication_info,
    chip_authentication_info,
    chip_authentication_key,
    pace_info,
    pace_parameter_info,
    set_of,
)
from peripherals.documents.passport.trust_material import Signing, TrustMaterial, make_signing
from peripherals.documents.passport.zone import SpecimenHolder, compose, information, make_odd, make_person

_VALID_FOR = timedelta(days=9 * 365)
_SIGNATURE_PICTURE = 6_000
#: Ids from here on are a chip's own (Doc 9303-11, 9.5.1).
_OWN_PARAMETERS = 32
_OVERSIZED = bytes.fromhex("75847FFFFFFF")


@dataclass(frozen=True, slots=True)
class Specimen:
    """One document. ``groups`` is what lies on the chip, by number of the data group."""

    profile: SpecimenProfile
    chip: SimulatedChip
    #: The printed machine-readable zone, its lines joined.
    zone: str
    can: str | None
    groups: dict[int, bytes]
    sod: bytes
    trust: TrustMaterial

    @property
    def lines(self) -> tuple[str, ...]:
        """The zone, line by line."""
        length = {90: 30, 72: 36, 88: 44}[len(self.zone)]
        return tuple(self.zone[at : at + length] for at in range(0, len(self.zone), length))


@dataclass(frozen=True, slots=True)
class _Keys:
    """The chip's keys and protocols as they were signed, before anybody tampered with them."""

    pace: tuple[Protocol, ...]
    static: tuple[StaticKey, ...]
    active: ActiveKey | None


def build(profile: SpecimenProfile, at: datetime, seed: int = 0, state: State = UTOPIA) -> Specimen:
    """Make a specimen.

    Args:
        profile: what it is like.
        at: the time at which it is to be read, with its zone; all dates are counted from it.
        seed: of person, number and elliptic keys; the same seed gives the same.
        state: whose document it is; its authority is made up with it.
    """
    signing = make_signing(profile, at, seed, state)
    expiry = (
        at - timedelta(days=20) if profile.attack is Attack.DOCUMENT_EXPIRED else signing.issued + _VALID_FOR
    ).date()
    made = make_person(seed, expiry, long_number=profile.long_number, issuer=state.code)
    person = make_odd(made, profile.oddity)
    can = f"{int.from_bytes(hashlib.sha256(f'can/{seed}'.encode()).digest()[:4]) % 10**6:06d}" if profile.can else None
    keys = _make_keys(profile, seed)
    signed = _groups(profile, person, signing.issued, keys)
    sod = _security_object(profile, signed, signing)
    groups, sod = _tampered(profile, person, signed, sod)
    chip = SimulatedChip(
        _files(profile, groups, sod, keys, signing),
        _secrets(profile, person, can, keys, seed),
        reads=profile.reads,
        sabotage=profile.sabotage,
    )
    return Specimen(profile, chip, _printed(profile, person), can, groups, sod, signing.trust)


def _make_keys(profile: SpecimenProfile, seed: int) -> _Keys:
    pace = tuple(
        Protocol(
            choice.mapping,
            choice.suite,
            SimulatedGroup(STANDARDISED[choice.parameters]),
            _OWN_PARAMETERS + at if choice.explicit else choice.parameters,
        )
        for at, choice in enumerate(profile.pace)
    )
    static = tuple(_static_key(choice, f"static/{at}", seed) for at, choice in enumerate(profile.static))
    active = None
    if profile.active is not None:
        key = make_key(profile.active.algorithm, "active", seed)
        active = ActiveKey(key, profile.active.form, profile.active.short_trailer)
    return _Keys(pace, static, active)


def _static_key(choice: StaticChoice, label: str, seed: int) -> StaticKey:
    domain = STANDARDISED[choice.parameters]
    order = (domain.q or domain.p - 1) if isinstance(domain, DhDomain) else domain.order
    return StaticKey(domain, secret_exponent(order, label, seed), choice.suite, choice.number, choice.together)


def _groups(profile: SpecimenProfile, person: SpecimenHolder, issued: datetime, keys: _Keys) -> dict[int, bytes]:
    groups = {
        1: lds.dg1(compose(profile.layout, person)),
        2: _dg2(profile, issued, 0),
    }
    if 7 in profile.further:  # noqa: PLR2004 - DG7
        groups[7] = lds.dg7(face(FaceFormat.JPEG, _SIGNATURE_PICTURE, 3))
    if 11 in profile.further:  # noqa: PLR2004 - DG11
        groups[11] = lds.dg11(f"{person.surname}<<{person.given}", person.birth, "UTOPIA CITY")
    if 12 in profile.further:  # noqa: PLR2004 - DG12
        groups[12] = lds.dg12("UTOPIA PASSPORT OFFICE", issued.date())
    infos = _dg14_infos(profile, keys)
    if infos:
        groups[14] = lds.group(14, set_of(*infos))
    if keys.active is not None:
        groups[15] = lds.group(15, keys.active.key.public_info())
    return groups


def _dg2(profile: SpecimenProfile, issued: datetime, variant: int) -> bytes:
    picture = face(profile.picture, profile.picture_size, variant)
    return lds.dg2(picture, profile.picture, SIZE, issued, profile.record)


def _card_access_infos(profile: SpecimenProfile, keys: _Keys) -> list[bytes]:
    infos = [pace_info(protocol) for protocol in keys.pace]
    choices = zip(profile.pace, keys.pace, strict=True)
    explicit = [pace_parameter_info(protocol) for choice, protocol in choices if choice.explicit]
    return [*infos, *explicit, *profile.offered]


def _dg14_infos(profile: SpecimenProfile, keys: _Keys) -> list[bytes]:
    """EF.CardAccess stands in DG14 too, where it is signed (Doc 9303-11, 9.2)."""
    infos = _card_access_infos(profile, keys)
    for choice, key in zip(profile.static, keys.static, strict=True):
        infos.append(chip_authentication_key(key, choice.written))
        if choice.announced:
            infos.append(chip_authentication_info(key))
    if keys.active is not None and isinstance(keys.active.key, SimulatedEcKey):
        infos.append(active_authentication_info(keys.active.key.algorithm.digest))
    return infos


def _security_object(profile: SpecimenProfile, groups: dict[int, bytes], signing: Signing) -> bytes:
    left_out = {Attack.DG14_UNSIGNED: 14, Attack.DG15_UNSIGNED: 15}.get(profile.attack)
    sod = lds.security_object(
        {number: content for number, content in groups.items() if number != left_out}
        | {number: bytes((number,)) for number in profile.sod_unknown},
        signing.signer,
        digest=profile.digest,
        at=signing.issued if profile.signing_time else None,
        versions=lds.Versions(profile.lds),
        oid=profile.sod_type,
        quirks=profile.sod_quirks,
    )
    return indefinite(sod) if profile.sod_indefinite else sod


def _tampered(
    profile: SpecimenProfile, person: SpecimenHolder, signed: dict[int, bytes], sod: bytes
) -> tuple[dict[int, bytes], bytes]:
    """Do to the files what the attack does."""
    groups = dict(signed)
    match profile.attack:
        case Attack.DG1_CHANGED | Attack.HASH_LIST_CHANGED:
            groups[1] = lds.dg1(compose(profile.layout, _other(person)))
        case Attack.DG2_CHANGED:
            # Another face of the same size.
            groups[2] = _dg2(profile, _EPOCH, 1)
        case Attack.TRUNCATED:
            groups[2] = groups[2][: len(groups[2]) // 2]
        case Attack.OVERSIZED:
            groups[2] = _OVERSIZED + groups[2][6:]
    if profile.attack is Attack.HASH_LIST_CHANGED:
        versions = lds.Versions(profile.lds)
        before = lds.lds_security_object(signed, profile.digest, versions)
        sod = sod.replace(before, lds.lds_security_object(groups, profile.digest, versions))
    return groups, sod


_EPOCH = datetime(2001, 1, 1)  # noqa: DTZ001 - written without a zone in the record


def _files(profile: SpecimenProfile, groups: dict[int, bytes], sod: bytes, keys: _Keys, signing: Signing) -> Files:
    versions = lds.Versions(profile.lds)
    listed = set(groups)
    if profile.attack is Attack.COM_LISTS_MORE:
        listed |= {13}
    elif profile.attack is Attack.COM_LISTS_FEWER:
        listed -= {14, 15}
    application = []
    if profile.attack is not Attack.SOD_MISSING:
        application.append(SimulatedFile(SOD, sod[: len(sod) // 2] if profile.attack is Attack.SOD_CUT else sod))
    if profile.com:
        application.append(SimulatedFile(COM, lds.com(listed, versions, profile.com_unknown)))
    application += [SimulatedFile(0x0100 + number, content) for number, content in groups.items()]
    application = [
        replace(file, protection=Protection.NEVER) if file.identifier in profile.withheld else file
        for file in application
    ]
    master = []
    if profile.card_access:
        master.append(SimulatedFile(CARD_ACCESS, profile.card_access, Protection.FREE))
    elif (keys.pace or profile.offered) and profile.attack is not Attack.PACE_STRIPPED:
        master.append(SimulatedFile(CARD_ACCESS, set_of(*_card_access_infos(profile, keys)), Protection.FREE))
        security = signed_data(SECURITY_OBJECT, set_of(*_dg14_infos(profile, keys)), signing.genuine, at=signing.issued)
        master.append(SimulatedFile(CARD_SECURITY, security, Protection.PACE))
    if profile.reads.extended:
        limit = ber.encode(0x02, b"\x04\x00")
        longest = ber.encode(0x02, min(profile.reads.longest, 0x7FFF).to_bytes(2))
        master.append(SimulatedFile(ATR_INFO, ber.encode(0x7F66, limit, longest), Protection.FREE))
    return Files(tuple(master), tuple(application))


def _secrets(profile: SpecimenProfile, person: SpecimenHolder, can: str | None, keys: _Keys, seed: int) -> Secrets:
    active, static, pace = keys.active, keys.static, keys.pace
    if profile.attack is Attack.CLONE_ACTIVE and active is not None:
        active = replace(active, key=make_key(active.key.algorithm, "clone", seed))
    if profile.attack is Attack.CLONE_CHIP:
        static = tuple(replace(key, private=key.private ^ 2) for key in static)
    if profile.attack is Attack.CLONE_SILENT:
        active, static = None, ()
    if profile.attack is Attack.PACE_STRIPPED:
        pace = ()
    return Secrets(information(person), can, basic=profile.basic, pace=pace, active=active, static=static)


def _printed(profile: SpecimenProfile, person: SpecimenHolder) -> str:
    shown = _other(person) if profile.attack is Attack.PAPER_DIFFERS else person
    return compose(profile.layout, shown)


def _other(person: SpecimenHolder) -> SpecimenHolder:
    """Give another person's name to the same number and dates."""
    return replace(person, surname="PERSON", given="ANOTHER")
