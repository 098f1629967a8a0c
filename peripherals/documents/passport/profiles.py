"""The named profiles: one for each protocol, curve, hash, make of chip and fault."""

from dataclasses import replace

from peripherals.documents.curves import STANDARDISED, EcDomain
from peripherals.documents.passport.active_authentication import Form
from peripherals.documents.passport.chip import Sabotage
from peripherals.documents.passport.chip_pace import Faults, Mapping
from peripherals.documents.passport.ciphers import Suite
from peripherals.documents.passport.cms import Quirks
from peripherals.documents.passport.face import Coding
from peripherals.documents.passport.file_system import COM, SOD, Reads
from peripherals.documents.passport.keys import Algorithm, Scheme
from peripherals.documents.passport.lds import LEGACY_SECURITY_OBJECT, NATIONAL_SECURITY_OBJECT, Record
from peripherals.documents.passport.profile import ActiveChoice, Attack, PaceChoice, Profile, StaticChoice
from peripherals.documents.passport.security_infos import Parameters, malformed_offer, pace_offer
from peripherals.documents.passport.zone import Layout, Oddity

_SUITES = {"3des": Suite.DES3, "aes128": Suite.AES128, "aes192": Suite.AES192, "aes256": Suite.AES256}
_MAPPINGS = {"gm": Mapping.GENERIC, "im": Mapping.INTEGRATED, "cam": Mapping.AUTHENTICATING}
_HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")
#: The point encoding of integrated mapping has no answer for this curve, whose prime is 1 modulo 4.
_NO_INTEGRATED = "secp224r1"
_BASIC_ONLY = Profile("", "", pace=())
_RSA_1024 = Algorithm(Scheme.PKCS1, "sha1", bits=1024)


def _pace() -> list[Profile]:
    made = []
    for number, domain in STANDARDISED.items():
        curve = isinstance(domain, EcDomain)
        for mapping_name, mapping in _MAPPINGS.items():
            if mapping is Mapping.AUTHENTICATING and not curve:
                continue
            if mapping is Mapping.INTEGRATED and domain.name == _NO_INTEGRATED:
                continue
            for suite_name, suite in _SUITES.items():
                if mapping is Mapping.AUTHENTICATING and suite is Suite.DES3:
                    continue
                name = f"pace-{mapping_name}-{suite_name}-{domain.name.lower()}"
                about = f"PACE with {mapping} mapping, {suite_name} and {domain.name}, and no BAC"
                static = (StaticChoice(number, Suite.AES128, Parameters.STANDARDISED),)
                pace = (PaceChoice(mapping, suite, number),)
                made.append(Profile(name, about, basic=False, pace=pace, static=static, active=None))
    return made


def _chip_authentication() -> list[Profile]:
    made = []
    for number, domain in STANDARDISED.items():
        for suite_name, suite in _SUITES.items():
            about = f"Chip Authentication with {suite_name} and {domain.name}, after BAC"
            choice = StaticChoice(number, suite)
            made.append(
                replace(
                    _BASIC_ONLY,
                    name=f"ca-{suite_name}-{domain.name.lower()}",
                    about=about,
                    static=(choice,),
                    active=None,
                )
            )
    return made


def _active_authentication() -> list[Profile]:
    made = []
    for digest in _HASHES:
        algorithm = Algorithm(Scheme.PKCS1, digest, bits=1024 if digest == "sha1" else 2048)
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


def _aa(name: str, about: str, choice: ActiveChoice) -> Profile:
    return replace(_BASIC_ONLY, name=name, about=about, active=choice, static=())


def _signatures() -> list[Profile]:
    algorithms = {}
    for digest in _HASHES:
        algorithms[f"rsa-pkcs1-{digest}"] = Algorithm(Scheme.PKCS1, digest)
        algorithms[f"rsa-pss-{digest}"] = Algorithm(Scheme.PSS, digest)
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
            _BASIC_ONLY,
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


_PACE_OID = "0.4.0.127.0.7.2.2.4.2.2"
#: What some chips offer for PACE that nobody can use; BAC opens them.
_UNUSABLE = {
    "pace-without-parameters": ("PACE is offered without saying with which parameters", pace_offer(_PACE_OID, None)),
    "pace-unknown-parameters": ("PACE is offered with parameters that no standard knows", pace_offer(_PACE_OID, 30)),
    "pace-version-1": ("PACE is offered in a version that was never in use", pace_offer(_PACE_OID, 13, 1)),
}
_EVERYTHING = frozenset({COM, SOD, *range(0x0101, 0x0111)})
_ORDINARY = (
    Profile("ordinary", "A passport of today: PACE and BAC, Active and Chip Authentication"),
    Profile("identity-card", "An identity card with a number on its front for PACE", layout=Layout.TD1, can=True),
    Profile("identity-card-td2", "An identity card of the older, larger size", layout=Layout.TD2, can=True),
    Profile(
        "can-only",
        "An identity card whose chip opens with the number on its front alone",
        layout=Layout.TD1,
        can=True,
        basic=False,
        sabotage=Sabotage(pace=Faults(takes_zone=False)),
    ),
    Profile("long-number-td1", "A document number of twelve characters", layout=Layout.TD1, long_number=True),
    Profile("long-number-td2", "A document number of twelve characters", layout=Layout.TD2, long_number=True),
    replace(
        _BASIC_ONLY,
        name="basic",
        about="BAC and nothing else: no proof that the chip is no copy",
        active=None,
        static=(),
        picture=Coding.JPEG,
    ),
    Profile("open", "No access control at all", basic=False, pace=(), active=None, static=()),
    Profile(
        "large",
        "A picture of 40 000 bytes, past what an even READ BINARY reaches",
        picture=Coding.JPEG,
        picture_size=40_000,
    ),
    Profile("typical", "A picture of 20 000 bytes", picture=Coding.JPEG, picture_size=20_000, further=(7, 11, 12)),
    Profile("jpeg-2000-codestream", "A picture without the boxes of its file format", picture=Coding.CODESTREAM),
    Profile("iso-39794", "A picture in a record of ISO/IEC 39794-5", record=Record.ISO_39794),
    Profile("com-unknown-tags", "EF.COM lists three tags that no standard knows", com_unknown=b"\x71\x72\x73"),
    Profile("sod-unknown-groups", "Data groups 17 to 19 are signed, which no standard knows", sod_unknown=(17, 18, 19)),
    Profile("lds-1.8", "The version of the structure is signed", lds="0108"),
    Profile(
        "legacy-oid",
        "The security object carries the object identifier from before it was fixed",
        sod_type=LEGACY_SECURITY_OBJECT,
    ),
    Profile(
        "legacy-oid-national",
        "The security object carries an object identifier of its state's own, from the same time",
        sod_type=NATIONAL_SECURITY_OBJECT,
    ),
    Profile("indefinite-sod", "The security object is BER with indefinite lengths", sod_indefinite=True),
    Profile("unsorted-attributes", "Signed attributes in another order than DER's", sod_quirks=Quirks(unsorted=True)),
    Profile(
        "signer-by-key",
        "The security object names its signer by key identifier",
        sod_quirks=Quirks(by_key_identifier=True),
    ),
    Profile("no-signing-time", "The security object has no signing time", signing_time=False),
    Profile(
        "null-parameters",
        "NULL where ECDSA has no parameters",
        signer=Algorithm(null_parameters=True),
        authority=Algorithm(null_parameters=True),
    ),
    Profile(
        "pace-several",
        "Several PACE protocols and parameter sets",
        pace=(
            PaceChoice(Mapping.GENERIC, Suite.DES3, 12),
            PaceChoice(),
            PaceChoice(parameters=16),
            PaceChoice(Mapping.INTEGRATED),
            PaceChoice(Mapping.GENERIC, Suite.AES128, 2),
        ),
    ),
    Profile(
        "pace-explicit",
        "PACE with parameters written out under an id of the chip's own",
        pace=(PaceChoice(explicit=True),),
    ),
    Profile(
        "ca-unannounced",
        "A key for Chip Authentication and no ChipAuthenticationInfo",
        static=(StaticChoice(12, Suite.DES3, announced=False),),
    ),
    Profile(
        "ca-several",
        "Two keys for Chip Authentication, told apart by number",
        static=(StaticChoice(13, Suite.DES3, number=1), StaticChoice(16, Suite.AES256, number=2)),
    ),
    Profile(
        "ca-named", "A key for Chip Authentication on a named curve", static=(StaticChoice(written=Parameters.NAMED),)
    ),
    Profile(
        "ca-pkcs3",
        "A key for Chip Authentication in a prime field without its order",
        static=(StaticChoice(1, written=Parameters.PKCS3),),
    ),
    Profile(
        "ca-two-commands",
        "Chip Authentication with 3DES, in the two commands that AES has",
        static=(StaticChoice(12, Suite.DES3, together=False),),
    ),
    Profile(
        "pace-entry-malformed",
        "EF.CardAccess has an entry that cannot be understood, beside a good one",
        offered=(malformed_offer(_PACE_OID),),
    ),
    replace(
        _BASIC_ONLY,
        name="card-access-zeros",
        about="Zeros in the place of EF.CardAccess, and no PACE",
        card_access=bytes(64),
    ),
    Profile(
        "com-missing",
        "No EF.COM; the bare answer to who selects it is counted",
        com=False,
        reads=Reads(missing_bare=True),
    ),
    replace(
        _BASIC_ONLY,
        name="challenge-of-any-length",
        about="Refuses to give a challenge where its exact length is expected, before BAC",
        reads=Reads(challenge_of_any_length=True),
    ),
    Profile(
        "inspection-only",
        "A card that gives nothing without Terminal Authentication, as German identity cards and residence permits",
        layout=Layout.TD1,
        can=True,
        withheld=_EVERYTHING,
    ),
    Profile(
        "sod-withheld", "The security object is not given without Terminal Authentication", withheld=frozenset({SOD})
    ),
    Profile("aa-without-ca", "Active Authentication alone", static=()),
    Profile(
        "linked",
        "Signed under a new authority key, which the reader knows by its link certificate",
        attack=Attack.LINKED,
    ),
    Profile(
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
_READS = {
    **{
        f"reads-{size}": (f"Refuses reads of more than {size} bytes with 6700", Reads(longest=size))
        for size in (256, 231, 223, 192, 160, 128, 100)
    },
    **{
        f"reads-{size}-bare": (
            f"Refuses reads of more than {size} bytes with 6700 outside the channel",
            Reads(longest=size, refusal_bare=True),
        )
        for size in (223, 192, 160, 128)
    },
    "reads-512-extended": ("Takes extended lengths, and gives 512 bytes at most", Reads(longest=512)),
    "reads-short": ("Takes no extended lengths", Reads(extended=False, longest=256)),
    "reads-short-160": (
        "Takes no extended lengths and refuses reads of more than 160 bytes",
        Reads(extended=False, longest=160),
    ),
    "reads-6a86": ("Refuses long reads with 6A86", Reads(longest=192, refusal=0x6A86)),
    "reads-6b00": ("Refuses long reads with 6B00", Reads(longest=192, refusal=0x6B00)),
    "reads-6c00": ("Answers 6Cxx with the size that it gives", Reads(longest=0xDF, refusal=0x6CDF)),
    "reads-exact": ("Answers 6Cxx where more is asked for than is left", Reads(exact=True)),
    "reads-warning": ("Answers 6282 where less is left than was asked for", Reads(warns=True)),
    "reads-no-short-ids": ("Knows no short file identifiers", Reads(short_ids=False)),
    "reads-no-master-file": ("Refuses to select the master file", Reads(selects_master_file=False)),
}
_READS |= {
    "exact-authentication": (
        "Answers 6Cxx to an authentication that does not expect the exact length",
        Reads(exact_authentication=True),
    ),
}
_SABOTAGE = {
    "pace-wants-parameters": (
        "PACE wants its parameters named, though there is one set",
        Sabotage(pace=Faults(wants_parameters=True)),
    ),
    "bare-6700": ("Answers 6700 outside the channel once, in mid-session", Sabotage(bare_error_at=5)),
    "wrong-checksum": ("A protected answer with a wrong checksum", Sabotage(wrong_checksum_at=5)),
    "replayed": ("A protected answer comes a second time", Sabotage(replay_at=5)),
    "wrong-counter": ("A protected answer with the send sequence counter of a later one", Sabotage(wrong_counter_at=5)),
    "without-status": ("A protected answer whose status stands outside the protection", Sabotage(without_status_at=5)),
    "pace-fails": ("PACE fails at its last step, and BAC would work", Sabotage(pace=Faults(refuses=True))),
    "pace-wrong-token": (
        "The chip's PACE token is wrong: it does not know the password",
        Sabotage(pace=Faults(wrong_token=True)),
    ),
    "basic-fails": ("BAC fails", Sabotage(refuses_basic=True)),
    "ca-keeps-old-channel": (
        "Accepts Chip Authentication and goes on with the old keys",
        Sabotage(keeps_old_channel=True),
    ),
}
_ATTACKS = {
    Attack.DG1_CHANGED: "DG1 names another person than was signed",
    Attack.DG2_CHANGED: "DG2 shows another face than was signed",
    Attack.HASH_LIST_CHANGED: "DG1 and its hash in the signed list were changed",
    Attack.SELF_MADE_SIGNER: "Signed by a signer that its authority never issued",
    Attack.SELF_MADE_SIGNER_CLAIMS_KEY: "Signed by a signer that names the key of an authority that never issued it",
    Attack.SIGNER_EXPIRED: "The signer's certificate has expired",
    Attack.SIGNER_REVOKED: "The signer stands on its authority's revocation list",
    Attack.SIGNER_OF_ANOTHER_STATE: "Signed by a genuine signer of another trusted state",
    Attack.AUTHORITY_UNKNOWN: "The reader does not know the authority",
    Attack.LINK_MISSING: "Signed under a new authority key, and the reader has no link certificate",
    Attack.CERTIFICATE_ALGORITHM_SWAPPED: "The signer's certificate names two signature algorithms",
    Attack.CLONE_ACTIVE: "A copy without the key of Active Authentication",
    Attack.CLONE_CHIP: "A copy without the key of Chip Authentication",
    Attack.CLONE_SILENT: "A copy without the keys of both proofs, which says that it knows neither protocol",
    Attack.DG15_UNSIGNED: "The key of Active Authentication is the forger's own and was not signed",
    Attack.DG14_UNSIGNED: "The key of Chip Authentication is the forger's own and was not signed",
    Attack.PACE_STRIPPED: "EF.CardAccess was taken away; the signed DG14 still offers PACE",
    Attack.COM_LISTS_MORE: "EF.COM lists a data group that was not signed",
    Attack.COM_LISTS_FEWER: "EF.COM hides the signed public keys",
    Attack.PAPER_DIFFERS: "The printed zone names another person than the chip",
    Attack.DOCUMENT_EXPIRED: "The document has expired",
    Attack.SOD_MISSING: "No security object",
    Attack.SOD_CUT: "The security object ends in the middle",
    Attack.TRUNCATED: "DG2 ends in the middle",
    Attack.OVERSIZED: "DG2 says that it is two gigabytes long",
}
_FORGED = (
    *(Profile(str(attack), about, attack=attack) for attack, about in _ATTACKS.items()),
    Profile(
        "com-unknown-tags-for-keys",
        "EF.COM lists unknown tags in place of the signed public keys",
        com_unknown=b"\x71\x72",
        attack=Attack.COM_LISTS_FEWER,
    ),
    Profile(
        "signature-algorithm-swapped",
        "The security object claims another algorithm than was signed with",
        sod_quirks=Quirks(claimed=Algorithm(digest="sha1")),
    ),
    Profile(
        "sha-1",
        "Signed and hashed with SHA-1",
        authority=Algorithm(digest="sha1"),
        signer=Algorithm(digest="sha1"),
        digest="sha1",
    ),
    Profile(
        "clone-cam",
        "A copy without the key that PACE with chip authentication mapping proves",
        pace=(PaceChoice(Mapping.AUTHENTICATING),),
        attack=Attack.CLONE_CHIP,
    ),
    Profile("removed", "Taken away in the middle of reading", removed_after=12),
    Profile(
        "removed-answering",
        "Taken away in the middle of reading, and answers go on",
        removed_after=12,
        answers_when_removed=True,
    ),
)

#: Every profile by its name.
PROFILES = {
    profile.name: profile
    for profile in (
        *_ORDINARY,
        *(Profile(f"zone-{oddity}", about, oddity=oddity) for oddity, about in _ODD.items()),
        *(Profile(name, about, reads=reads) for name, (about, reads) in _READS.items()),
        *(replace(_BASIC_ONLY, name=name, about=about, offered=(info,)) for name, (about, info) in _UNUSABLE.items()),
        *(Profile(name, about, sabotage=sabotage) for name, (about, sabotage) in _SABOTAGE.items()),
        *_FORGED,
        *_pace(),
        *_chip_authentication(),
        *_active_authentication(),
        *_signatures(),
    )
}
