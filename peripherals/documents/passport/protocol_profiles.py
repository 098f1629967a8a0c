"""Named profiles for each protocol, curve, hash and signature algorithm: one of everything that chips speak."""

from dataclasses import replace

from peripherals.documents.curves import STANDARDISED, EcDomain
from peripherals.documents.passport.active_authentication import Form
from peripherals.documents.passport.chip_pace import SimulatedMapping
from peripherals.documents.passport.ciphers import SimulatedCipher
from peripherals.documents.passport.keys import Algorithm, SigningScheme
from peripherals.documents.passport.profile import ActiveChoice, PaceChoice, SpecimenProfile, StaticChoice
from peripherals.documents.passport.security_infos import Parameters

_SUITES = {
    "3des": SimulatedCipher.DES3,
    "aes128": SimulatedCipher.AES128,
    "aes192": SimulatedCipher.AES192,
    "aes256": SimulatedCipher.AES256,
}
_MAPPINGS = {"gm": SimulatedMapping.GENERIC, "im": SimulatedMapping.INTEGRATED, "cam": SimulatedMapping.AUTHENTICATING}
_HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")
#: The point encoding of integrated mapping has no answer for this curve, whose prime is 1 modulo 4.
_NO_INTEGRATED = "secp224r1"
#: BAC and nothing else.
BASIC_ONLY = SpecimenProfile("", "", pace=())
_RSA_1024 = Algorithm(SigningScheme.PKCS1, "sha1", bits=1024)


def _pace() -> list[SpecimenProfile]:
    made = []
    for number, domain in STANDARDISED.items():
        curve = isinstance(domain, EcDomain)
        for mapping_name, mapping in _MAPPINGS.items():
            if mapping is SimulatedMapping.AUTHENTICATING and not curve:
                continue
            if mapping is SimulatedMapping.INTEGRATED and domain.name == _NO_INTEGRATED:
                continue
            for suite_name, suite in _SUITES.items():
                if mapping is SimulatedMapping.AUTHENTICATING and suite is SimulatedCipher.DES3:
                    continue
                name = f"pace-{mapping_name}-{suite_name}-{domain.name.lower()}"
                about = f"PACE with {mapping} mapping, {suite_name} and {domain.name}, and no BAC"
                static = (StaticChoice(number, SimulatedCipher.AES128, Parameters.STANDARDISED),)
                pace = (PaceChoice(mapping, suite, number),)
                made.append(SpecimenProfile(name, about, basic=False, pace=pace, static=static, active=None))
    return made


def _chip_authentication() -> list[SpecimenProfile]:
    made = []
    for number, domain in STANDARDISED.items():
        for suite_name, suite in _SUITES.items():
            about = f"Chip Authentication with {suite_name} and {domain.name}, after BAC"
            choice = StaticChoice(number, suite)
            made.append(
                replace(
                    BASIC_ONLY,
                    name=f"ca-{suite_name}-{domain.name.lower()}",
                    about=about,
                    static=(choice,),
                    active=None,
                )
            )
    return made


def _active_authentication() -> list[SpecimenProfile]:
    made = []
    for digest in _HASHES:
        algorithm = Algorithm(SigningScheme.PKCS1, digest, bits=1024 if digest == "sha1" else 2048)
        about = f"Active Authentication with RSA and {digest}, its hash named in the trailer, after BAC"
        made.append(_aa(f"aa-rsa-{digest}", about, ActiveChoice(algorithm)))
        algorithm = Algorithm(digest=digest, curve="brainpoolP256r1")
        about = f"Active Authentication with ECDSA and {digest}, after BAC"
        made.append(_aa(f"aa-ecdsa-{digest}", about, ActiveChoice(algorithm)))
    for domain in STANDARDISED.values():
        if isinstance(domain, EcDomain):
            about = f"Active Authentication with ECDSA and {domain.name}, after BAC"
            algorithm = Algorithm(curve=domain.name, explicit=True)
            made.append(_aa(f"aa-ecdsa-{domain.name.lower()}", about, ActiveChoice(algorithm)))
    short = ActiveChoice(_RSA_1024, short_trailer=True)
    made.append(_aa("aa-rsa-bc", "Active Authentication with RSA, SHA-1 and the trailer BC, after BAC", short))
    der = ActiveChoice(Algorithm(curve="brainpoolP256r1"), Form.DER)
    made.append(_aa("aa-ecdsa-der", "Active Authentication whose ECDSA signature is DER, after BAC", der))
    return made


def _aa(name: str, about: str, choice: ActiveChoice) -> SpecimenProfile:
    return replace(BASIC_ONLY, name=name, about=about, active=choice, static=())


def _signatures() -> list[SpecimenProfile]:
    algorithms = {}
    for digest in _HASHES:
        algorithms[f"rsa-pkcs1-{digest}"] = Algorithm(SigningScheme.PKCS1, digest)
        algorithms[f"rsa-pss-{digest}"] = Algorithm(SigningScheme.PSS, digest)
        algorithms[f"ecdsa-{digest}"] = Algorithm(digest=digest)
    for domain in STANDARDISED.values():
        if isinstance(domain, EcDomain):
            digest = "sha512" if domain.order_size > 48 else "sha256"  # noqa: PLR2004 - as long as the curve asks for
            for explicit in (False, True):
                name = f"ecdsa-{domain.name.lower()}{'-explicit' if explicit else ''}"
                algorithms[name] = Algorithm(digest=digest, curve=domain.name, explicit=explicit)
    algorithms["ecdsa-null-parameters"] = Algorithm(null_parameters=True)
    return [
        replace(
            BASIC_ONLY,
            name=f"signed-{name}",
            about=f"Signed with {name}, by authority and signer",
            authority=algorithm,
            signer=algorithm,
            digest=algorithm.digest,
            active=None,
            static=(),
        )
        for name, algorithm in algorithms.items()
    ]


def by_protocol() -> list[SpecimenProfile]:
    """Make them all."""
    return [*_pace(), *_chip_authentication(), *_active_authentication(), *_signatures()]
