"""Named profiles of chips that read in a way of their own, that are faulty, or that somebody has forged."""

from peripherals.documents.passport.chip import Sabotage
from peripherals.documents.passport.chip_pace import PaceFaults, SimulatedMapping
from peripherals.documents.passport.cms import Quirks
from peripherals.documents.passport.file_system import Reads
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.passport.profile import Attack, PaceChoice, SpecimenProfile

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
        Sabotage(pace=PaceFaults(wants_parameters=True)),
    ),
    "bare-6700": ("Answers 6700 outside the channel once, in mid-session", Sabotage(bare_error_at=5)),
    "wrong-checksum": ("A protected answer with a wrong checksum", Sabotage(wrong_checksum_at=5)),
    "replayed": ("A protected answer comes a second time", Sabotage(replay_at=5)),
    "wrong-counter": ("A protected answer with the send sequence counter of a later one", Sabotage(wrong_counter_at=5)),
    "without-status": ("A protected answer whose status stands outside the protection", Sabotage(without_status_at=5)),
    "pace-fails": ("PACE fails at its last step, and BAC would work", Sabotage(pace=PaceFaults(refuses=True))),
    "pace-wrong-token": (
        "The chip's PACE token is wrong: it does not know the password",
        Sabotage(pace=PaceFaults(wrong_token=True)),
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
    *(SpecimenProfile(str(attack), about, attack=attack) for attack, about in _ATTACKS.items()),
    SpecimenProfile(
        "com-unknown-tags-for-keys",
        "EF.COM lists unknown tags in place of the signed public keys",
        com_unknown=b"\x71\x72",
        attack=Attack.COM_LISTS_FEWER,
    ),
    SpecimenProfile(
        "signature-algorithm-swapped",
        "The security object claims another algorithm than was signed with",
        sod_quirks=Quirks(claimed=Algorithm(digest="sha1")),
    ),
    SpecimenProfile(
        "sha-1",
        "Signed and hashed with SHA-1",
        authority=Algorithm(digest="sha1"),
        signer=Algorithm(digest="sha1"),
        digest="sha1",
    ),
    SpecimenProfile(
        "clone-cam",
        "A copy without the key that PACE with chip authentication mapping proves",
        pace=(PaceChoice(SimulatedMapping.AUTHENTICATING),),
        attack=Attack.CLONE_CHIP,
    ),
    SpecimenProfile("removed", "Taken away in the middle of reading", removed_after=12),
    SpecimenProfile(
        "removed-answering",
        "Taken away in the middle of reading, and answers go on",
        removed_after=12,
        answers_when_removed=True,
    ),
)


def faulty() -> list[SpecimenProfile]:
    """Make them all: odd readings first, then faults, then forgeries."""
    return [
        *(SpecimenProfile(name, about, reads=reads) for name, (about, reads) in _READS.items()),
        *(SpecimenProfile(name, about, sabotage=sabotage) for name, (about, sabotage) in _SABOTAGE.items()),
        *_FORGED,
    ]
