"""What is taken though it is weak, and until when."""

from dataclasses import dataclass
from datetime import UTC, datetime

from peripherals.documents.trust.algorithms import SignatureAlgorithm
from peripherals.documents.trust.keys import PublicKey, RsaKey


@dataclass(frozen=True, slots=True)
class Policy:
    """What a signature must have to count.

    SHA-1 is taken where the signer's certificate was issued before ``sha1_before``: passports signed with it are in
    people's hands for ten years, and finding a second text for an old signature is still out of reach. What fell,
    in January 2020, is that whoever asks for a signature can prepare two texts for it; a signer that was set up
    after that may have been asked. The date is taken from the certificate, which an authority signed, and never
    from the time that a signature claims for itself. The self-signatures of authorities are left alone: they prove
    possession of a key, and trust comes from the list that they stand in.
    """

    sha1_before: datetime = datetime(2020, 1, 1, tzinfo=UTC)
    #: Keys of signers with fewer bits are refused (9303-12, 4.4; for curves it asks for 224 today; older signers have
    #: 192).
    rsa_bits: int = 2048
    curve_bits: int = 192

    def accepts(self, algorithm: SignatureAlgorithm, since: datetime) -> bool:
        """Tell whether signatures with this algorithm count, by a signer with a certificate from then."""
        return self.accepts_hashes(algorithm.hashes, since)

    def accepts_hashes(self, names: frozenset[str], since: datetime) -> bool:
        return "sha1" not in names or since < self.sha1_before

    def accepts_key(self, key: PublicKey) -> bool:
        """Tell whether the key of a signer is long enough."""
        if isinstance(key, RsaKey):
            return key.bits >= self.rsa_bits
        return key.domain.order.bit_length() >= self.curve_bits
