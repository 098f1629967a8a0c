"""Who is trusted here: country signing authorities, and what they took back (ICAO Doc 9303-12).

A store is read from one file or from a folder of them: master lists, certificates, revocation lists. Reading checks
the signature of each list, and nothing of the certificates in it: their signatures are checked, and remembered, when a
document asks for them.

An authority is trusted where its certificate is in the store and

- it signed itself, or
- another trusted one signed it (a link certificate, 9303-12, 3.1.2), or
- a trusted one of the same state has the same key. The German list of 2026 has 12 link certificates whose issuer is in
  no list any more, beside the self-signed certificate of the same key.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.crl import RevocationList


@dataclass(slots=True)
class TrustStore:
    """Look-ups in what is trusted. ``faults`` names the files that could not be used, with the fault of each.

    Certificates that are no authorities are kept as signers that a document may leave out; they give no trust.
    """

    certificates: tuple[Certificate, ...]
    revocations: tuple[RevocationList, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    #: The state of each master list, and when it was signed, where it says so.
    listed: tuple[tuple[str, datetime], ...] = ()
    _by_key_id: dict[bytes, list[Certificate]] = field(init=False, repr=False)
    _by_subject: dict[str, list[Certificate]] = field(init=False, repr=False)
    _by_key: dict[bytes, list[Certificate]] = field(init=False, repr=False)
    _judged: dict[Certificate, bool] = field(init=False, repr=False, default_factory=dict)
    _vouched: dict[RevocationList, bool] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.certificates = tuple(dict.fromkeys(self.certificates))
        self._by_key_id = defaultdict(list)
        self._by_subject = defaultdict(list)
        self._by_key = defaultdict(list)
        for each in self.authorities:
            self._by_subject[each.subject].append(each)
            self._by_key[each.key_info].append(each)
            if each.key_id is not None:
                self._by_key_id[each.key_id].append(each)

    @property
    def authorities(self) -> tuple[Certificate, ...]:
        return tuple(each for each in self.certificates if each.is_authority)

    @property
    def signers(self) -> tuple[Certificate, ...]:
        return tuple(each for each in self.certificates if not each.is_authority)

    def knows_name(self, issuer: str) -> bool:
        """Tell whether an authority has this name."""
        return issuer in self._by_subject

    def knows_key(self, key_id: bytes | None) -> bool:
        return key_id in self._by_key_id

    def candidates(self, issued: Certificate) -> list[Certificate]:
        """Give who may have issued a certificate: by the key id that it names, then by the name alone.

        Several keys can share a name, and several certificates a key: those with their own signature come first.
        """
        named = self._by_subject.get(issued.issuer, [])
        keyed = [] if issued.authority_key_id is None else self._by_key_id.get(issued.authority_key_id, [])
        found = dict.fromkeys((*sorted(keyed, key=_links_last), *sorted(named, key=_links_last)))
        return list(found)

    def issuers_of(self, issued: Certificate) -> list[Certificate]:
        """Give the certificates of the authority that signed a certificate, trusted ones first."""
        found = [each for each in self.candidates(issued) if issued.signed_by(each)]
        return sorted(found, key=lambda each: not self.trusts(each))

    def issuer_of(self, issued: Certificate) -> Certificate | None:
        """Give the trusted authority that signed a certificate, None where there is none."""
        return next((each for each in self.candidates(issued) if issued.signed_by(each) and self.trusts(each)), None)

    def trusts(self, authority: Certificate) -> bool:
        """Tell whether an authority of this store is trusted, by the rules above."""
        return self._trusts(authority, frozenset())

    def revocations_for(self, issued: Certificate) -> list[RevocationList]:
        """Give the lists that speak for a certificate, newest first.

        The list bears the name of its issuer and is signed by any trusted key of that name: an authority signs its
        list with its newest key, for certificates of all its keys (9303-12, 7.2).
        """
        named = [each for each in self.revocations if each.issuer == issued.issuer]
        found = [each for each in named if self.vouches(each)]
        return sorted(found, key=lambda each: each.this_update, reverse=True)

    def vouches(self, listed: RevocationList) -> bool:
        """Tell whether a trusted authority signed a revocation list."""
        if listed not in self._vouched:
            named = self._by_subject.get(listed.issuer, [])
            self._vouched[listed] = any(listed.signed_by(each) and self.trusts(each) for each in named)
        return self._vouched[listed]

    def unusable(self) -> Iterable[Certificate]:
        """Give the authorities that are in the store and cannot be trusted. Checks every signature."""
        return (each for each in self.authorities if not self.trusts(each))

    def _trusts(self, authority: Certificate, asked: frozenset[Certificate]) -> bool:
        if authority in self._judged:
            return self._judged[authority]
        judged = self._is_anchor(authority, asked | {authority})
        # What came out on the way round a circle may come out otherwise where it is asked first.
        if judged or not asked:
            self._judged[authority] = judged
        return judged

    def _is_anchor(self, authority: Certificate, asked: frozenset[Certificate]) -> bool:
        if authority not in self._by_subject.get(authority.subject, ()):
            return False
        if authority.signed_by(authority):
            return True
        twins = [each for each in self._by_key[authority.key_info] if each.country == authority.country]
        issuers = (each for each in self.candidates(authority) if each not in asked and authority.signed_by(each))
        return any(self._trusts(each, asked) for each in issuers) or any(
            self._trusts(each, asked) for each in twins if each not in asked
        )


def _links_last(certificate: Certificate) -> bool:
    return not certificate.self_issued
