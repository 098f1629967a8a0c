"""The named profiles, all of them by name, and those of ordinary documents: each make of chip that people carry."""

from dataclasses import replace

from peripherals.documents.passport.chip import Sabotage
from peripherals.documents.passport.chip_pace import PaceFaults, SimulatedMapping
from peripherals.documents.passport.ciphers import SimulatedCipher
from peripherals.documents.passport.cms import Quirks
from peripherals.documents.passport.face import FaceFormat
from peripherals.documents.passport.faulty_profiles import faulty
from peripherals.documents.passport.file_system import COM, SOD, Reads
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.passport.lds import LEGACY_SECURITY_OBJECT, NATIONAL_SECURITY_OBJECT, FaceRecord
from peripherals.documents.passport.profile import Attack, PaceChoice, SpecimenProfile, StaticChoice
from peripherals.documents.passport.protocol_profiles import BASIC_ONLY, by_protocol
from peripherals.documents.passport.security_infos import Parameters, malformed_offer, pace_offer
from peripherals.documents.passport.zone import DocumentFormat, Oddity

_PACE_OID = "0.4.0.127.0.7.2.2.4.2.2"
#: What some chips offer for PACE that nobody can use; BAC opens them.
_UNUSABLE = {
    "pace-without-parameters": ("PACE is offered without saying with which parameters", pace_offer(_PACE_OID, None)),
    "pace-unknown-parameters": ("PACE is offered with parameters that no standard knows", pace_offer(_PACE_OID, 30)),
    "pace-version-1": ("PACE is offered in a version that was never in use", pace_offer(_PACE_OID, 13, 1)),
}
_EVERYTHING = frozenset({COM, SOD, *range(0x0101, 0x0111)})
_ORDINARY = (
    SpecimenProfile("ordinary", "A passport of today: PACE and BAC, Active and Chip Authentication"),
    SpecimenProfile(
        "identity-card", "An identity card with a number on its front for PACE", layout=DocumentFormat.TD1, can=True
    ),
    SpecimenProfile(
        "identity-card-td2", "An identity card of the older, larger size", layout=DocumentFormat.TD2, can=True
    ),
    SpecimenProfile(
        "can-only",
        "An identity card whose chip opens with the number on its front alone",
        layout=DocumentFormat.TD1,
        can=True,
        basic=False,
        sabotage=Sabotage(pace=PaceFaults(takes_zone=False)),
    ),
    SpecimenProfile(
        "long-number-td1", "A document number of twelve characters", layout=DocumentFormat.TD1, long_number=True
    ),
    SpecimenProfile(
        "long-number-td2", "A document number of twelve characters", layout=DocumentFormat.TD2, long_number=True
    ),
    replace(
        BASIC_ONLY,
        name="basic",
        about="BAC and nothing else: no proof that the chip is no copy",
        active=None,
        static=(),
        picture=FaceFormat.JPEG,
    ),
    SpecimenProfile("open", "No access control at all", basic=False, pace=(), active=None, static=()),
    SpecimenProfile(
        "large",
        "A picture of 40 000 bytes, past what an even READ BINARY reaches",
        picture=FaceFormat.JPEG,
        picture_size=40_000,
    ),
    SpecimenProfile(
        "typical", "A picture of 20 000 bytes", picture=FaceFormat.JPEG, picture_size=20_000, further=(7, 11, 12)
    ),
    SpecimenProfile(
        "jpeg-2000-codestream", "A picture without the boxes of its file format", picture=FaceFormat.CODESTREAM
    ),
    SpecimenProfile("iso-39794", "A picture in a record of ISO/IEC 39794-5", record=FaceRecord.ISO_39794),
    SpecimenProfile("com-unknown-tags", "EF.COM lists three tags that no standard knows", com_unknown=b"\x71\x72\x73"),
    SpecimenProfile(
        "sod-unknown-groups", "Data groups 17 to 19 are signed, which no standard knows", sod_unknown=(17, 18, 19)
    ),
    SpecimenProfile("lds-1.8", "The version of the structure is signed", lds="0108"),
    SpecimenProfile(
        "legacy-oid",
        "The security object carries the object identifier from before it was fixed",
        sod_type=LEGACY_SECURITY_OBJECT,
    ),
    SpecimenProfile(
        "legacy-oid-national",
        "The security object carries an object identifier of its state's own, from the same time",
        sod_type=NATIONAL_SECURITY_OBJECT,
    ),
    SpecimenProfile("indefinite-sod", "The security object is BER with indefinite lengths", sod_indefinite=True),
    SpecimenProfile(
        "unsorted-attributes", "Signed attributes in another order than DER's", sod_quirks=Quirks(unsorted=True)
    ),
    SpecimenProfile(
        "signer-by-key",
        "The security object names its signer by key identifier",
        sod_quirks=Quirks(by_key_identifier=True),
    ),
    SpecimenProfile("no-signing-time", "The security object has no signing time", signing_time=False),
    SpecimenProfile(
        "null-parameters",
        "NULL where ECDSA has no parameters",
        signer=Algorithm(null_parameters=True),
        authority=Algorithm(null_parameters=True),
    ),
    SpecimenProfile(
        "pace-several",
        "Several PACE protocols and parameter sets",
        pace=(
            PaceChoice(SimulatedMapping.GENERIC, SimulatedCipher.DES3, 12),
            PaceChoice(),
            PaceChoice(parameters=16),
            PaceChoice(SimulatedMapping.INTEGRATED),
            PaceChoice(SimulatedMapping.GENERIC, SimulatedCipher.AES128, 2),
        ),
    ),
    SpecimenProfile(
        "pace-explicit",
        "PACE with parameters written out under an id of the chip's own",
        pace=(PaceChoice(explicit=True),),
    ),
    SpecimenProfile(
        "ca-unannounced",
        "A key for Chip Authentication and no ChipAuthenticationInfo",
        static=(StaticChoice(12, SimulatedCipher.DES3, announced=False),),
    ),
    SpecimenProfile(
        "ca-several",
        "Two keys for Chip Authentication, told apart by number",
        static=(StaticChoice(13, SimulatedCipher.DES3, number=1), StaticChoice(16, SimulatedCipher.AES256, number=2)),
    ),
    SpecimenProfile(
        "ca-named", "A key for Chip Authentication on a named curve", static=(StaticChoice(written=Parameters.NAMED),)
    ),
    SpecimenProfile(
        "ca-pkcs3",
        "A key for Chip Authentication in a prime field without its order",
        static=(StaticChoice(1, written=Parameters.PKCS3),),
    ),
    SpecimenProfile(
        "ca-two-commands",
        "Chip Authentication with 3DES, in the two commands that AES has",
        static=(StaticChoice(12, SimulatedCipher.DES3, together=False),),
    ),
    SpecimenProfile(
        "pace-entry-malformed",
        "EF.CardAccess has an entry that cannot be understood, beside a good one",
        offered=(malformed_offer(_PACE_OID),),
    ),
    replace(
        BASIC_ONLY,
        name="card-access-zeros",
        about="Zeros in the place of EF.CardAccess, and no PACE",
        card_access=bytes(64),
    ),
    SpecimenProfile(
        "com-missing",
        "No EF.COM; the bare answer to who selects it is counted",
        com=False,
        reads=Reads(missing_bare=True),
    ),
    replace(
        BASIC_ONLY,
        name="challenge-of-any-length",
        about="Refuses to give a challenge where its exact length is expected, before BAC",
        reads=Reads(challenge_of_any_length=True),
    ),
    SpecimenProfile(
        "inspection-only",
        "A card that gives nothing without Terminal Authentication, as German identity cards and residence permits",
        layout=DocumentFormat.TD1,
        can=True,
        withheld=_EVERYTHING,
    ),
    SpecimenProfile(
        "sod-withheld", "The security object is not given without Terminal Authentication", withheld=frozenset({SOD})
    ),
    SpecimenProfile("aa-without-ca", "Active Authentication alone", static=()),
    SpecimenProfile(
        "linked",
        "Signed under a new authority key, which the reader knows by its link certificate",
        attack=Attack.LINKED,
    ),
    SpecimenProfile(
        "linked-listed",
        "Signed under a new authority key, of which the reader has the link certificate and the revocation list",
        attack=Attack.LINKED_LISTED,
    ),
)

_ODD = {
    Oddity.NO_SURNAME: "The holder has no surname",
    Oddity.BIRTH_DAY_UNKNOWN: "Month and day of birth are unknown, and written as 00",
    Oddity.BIRTH_DATE_UNKNOWN: "The date of birth is unknown",
    Oddity.NO_LAST_DAY: "No last day: 999999",
    Oddity.NAME_CUT: "A name that is too long for the zone",
    Oddity.RUSSIAN_INTERNAL: "Digits for letters in the name, as in a Russian internal passport, which has no chip",
}

#: Every profile by its name.
PROFILES = {
    profile.name: profile
    for profile in (
        *_ORDINARY,
        *(SpecimenProfile(f"zone-{oddity}", about, oddity=oddity) for oddity, about in _ODD.items()),
        *(replace(BASIC_ONLY, name=name, about=about, offered=(info,)) for name, (about, info) in _UNUSABLE.items()),
        *faulty(),
        *by_protocol(),
    )
}
