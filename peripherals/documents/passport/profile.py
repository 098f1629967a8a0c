"""What a specimen is made by: one profile says all in which it differs from an ordinary passport."""

from dataclasses import dataclass, field
from enum import StrEnum

from peripherals.documents.passport.active_authentication import Form
from peripherals.documents.passport.chip import Sabotage
from peripherals.documents.passport.chip_pace import SimulatedMapping
from peripherals.documents.passport.ciphers import SimulatedCipher
from peripherals.documents.passport.cms import Quirks
from peripherals.documents.passport.face import FaceFormat
from peripherals.documents.passport.file_system import Reads
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.passport.lds import SECURITY_OBJECT, FaceRecord
from peripherals.documents.passport.security_infos import Parameters
from peripherals.documents.passport.zone import DocumentFormat, Oddity

#: Id of brainpoolP256r1 (Doc 9303-11, table 6).
BRAINPOOL_256 = 13


class Attack(StrEnum):
    """What a forger or thief did, or what fell into disorder."""

    NONE = "none"
    DG1_CHANGED = "dg1-changed"
    DG2_CHANGED = "dg2-changed"
    #: DG1 and its hash in the signed list were changed; the signature is the old one.
    HASH_LIST_CHANGED = "hash-list-changed"
    #: A signer that nobody issued signed it all anew.
    SELF_MADE_SIGNER = "self-made-signer"
    #: The same, and its certificate names the key of a genuine authority.
    SELF_MADE_SIGNER_CLAIMS_KEY = "self-made-signer-claims-key"
    SIGNER_EXPIRED = "signer-expired"
    SIGNER_REVOKED = "signer-revoked"
    #: Signed by a genuine signer of a trusted state that is not the document's.
    SIGNER_OF_ANOTHER_STATE = "signer-of-another-state"
    AUTHORITY_UNKNOWN = "authority-unknown"
    #: Signed under a new authority key; the reader trusts the old one and has the link, or has it not.
    LINKED = "linked"
    #: Linked, and the reader has the revocation list of the new key too.
    LINKED_LISTED = "linked-listed"
    LINK_MISSING = "link-missing"
    #: The outer signature field of the signer's certificate names another algorithm than the inner one.
    CERTIFICATE_ALGORITHM_SWAPPED = "certificate-algorithm-swapped"
    #: The chip has not the private key that its signed public key belongs to.
    CLONE_ACTIVE = "clone-active"
    CLONE_CHIP = "clone-chip"
    #: The same, and it says that it does not know either protocol.
    CLONE_SILENT = "clone-silent"
    #: The public key on the chip is the forger's own, and not in the security object.
    DG15_UNSIGNED = "dg15-unsigned"
    DG14_UNSIGNED = "dg14-unsigned"
    #: EF.CardAccess was taken away, so that readers fall back to BAC; the signed DG14 still offers PACE.
    PACE_STRIPPED = "pace-stripped"
    COM_LISTS_MORE = "com-lists-more"
    COM_LISTS_FEWER = "com-lists-fewer"
    #: The printed zone names another person, with the same number and dates.
    PAPER_DIFFERS = "paper-differs"
    DOCUMENT_EXPIRED = "document-expired"
    #: There is no security object, or one that ends in the middle.
    SOD_MISSING = "sod-missing"
    SOD_CUT = "sod-cut"
    #: DG2 ends in the middle.
    TRUNCATED = "truncated"
    #: DG2 says that it is two gigabytes long.
    OVERSIZED = "oversized"


@dataclass(frozen=True, slots=True)
class PaceChoice:
    """One PACE protocol of a chip; ``parameters`` is an id of Doc 9303-11, table 6."""

    mapping: SimulatedMapping = SimulatedMapping.GENERIC
    suite: SimulatedCipher = SimulatedCipher.AES128
    parameters: int = BRAINPOOL_256
    #: Write the domain parameters out under an id of the chip's own, instead of naming them.
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class ActiveChoice:
    """The key of Active Authentication."""

    algorithm: Algorithm = field(default_factory=Algorithm)
    form: Form = Form.PLAIN
    short_trailer: bool = False


@dataclass(frozen=True, slots=True)
class StaticChoice:
    """A key of Chip Authentication."""

    parameters: int = BRAINPOOL_256
    suite: SimulatedCipher = SimulatedCipher.AES128
    written: Parameters = Parameters.EXPLICIT
    number: int | None = None
    #: Whether there is a ChipAuthenticationInfo; some French passports have only the key.
    announced: bool = True
    #: Whether 3DES is taken in one command; else in the two that AES has.
    together: bool = True


@dataclass(frozen=True, slots=True)
class SpecimenProfile:
    """One kind of specimen. The defaults are an ordinary passport of today: PACE and BAC, both proofs of the chip."""

    name: str
    about: str
    layout: DocumentFormat = DocumentFormat.TD3
    long_number: bool = False
    oddity: Oddity = Oddity.NONE
    basic: bool = True
    pace: tuple[PaceChoice, ...] = (PaceChoice(),)
    can: bool = False
    #: Further SecurityInfos, which stand in EF.CardAccess and in the signed DG14.
    offered: tuple[bytes, ...] = ()
    #: What lies in the place of EF.CardAccess, on chips that have none.
    card_access: bytes = b""
    #: Identifiers of files that need Terminal Authentication.
    withheld: frozenset[int] = frozenset()
    #: Whether there is an EF.COM.
    com: bool = True
    authority: Algorithm = field(default_factory=Algorithm)
    signer: Algorithm = field(default_factory=Algorithm)
    #: The hash of the data groups.
    digest: str = "sha256"
    lds: str = "0107"
    picture: FaceFormat = FaceFormat.JPEG_2000
    record: FaceRecord = FaceRecord.ISO_19794
    #: Bytes of the picture.
    picture_size: int = 12_000
    #: Data groups beside DG1, DG2, DG14 and DG15.
    further: tuple[int, ...] = (11, 12)
    #: Tags at the end of the list in EF.COM that no standard knows.
    com_unknown: bytes = b""
    #: Numbers above 16 that are signed as if they were data groups.
    sod_unknown: tuple[int, ...] = ()
    active: ActiveChoice | None = ActiveChoice()
    static: tuple[StaticChoice, ...] = (StaticChoice(),)
    sod_type: str = SECURITY_OBJECT
    sod_quirks: Quirks = field(default_factory=Quirks)
    sod_indefinite: bool = False
    signing_time: bool = True
    reads: Reads = field(default_factory=Reads)
    sabotage: Sabotage = field(default_factory=Sabotage)
    attack: Attack = Attack.NONE
    #: Exchanges after which the document is taken away; 0 is never.
    removed_after: int = 0
    #: Whether it goes on answering after that, as if it had never been away.
    answers_when_removed: bool = False
