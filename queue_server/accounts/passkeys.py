"""Passkeys and security keys as a second factor, behind the password (WebAuthn Level 3, with the library ``fido2``).

A browser answers a challenge that this server made, at this server's own address: what a false page is given fits
nothing here.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from fido2.rpid import verify_rp_id
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from queue_server.accounts.errors import PasskeyRefusedError
from queue_server.accounts.factors import Factor, FactorId
from queue_server.accounts.model import Session

_NAME: Final = "Consular Support Centre"
_PREFERRED: Final = UserVerificationRequirement.PREFERRED


class Passkeys:
    """Passkeys of the pages at ``origin``: scheme, host and port, as browsers name them.

    ``usable`` is false where browsers offer none: without TLS anywhere but at ``localhost``, and at a bare address.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        host = urlsplit(origin).hostname or ""
        self.usable = verify_rp_id(host, origin) and not _is_address(host)
        self._server = Fido2Server(PublicKeyCredentialRpEntity(name=_NAME, id=host), verify_origin=self._is_ours)

    def _is_ours(self, origin: str) -> bool:
        return origin == self._origin

    def begin(self, session: Session, held: Sequence[Factor]) -> tuple[dict[str, Any], str]:
        """Ask for a new one; returns the options for the browser, and the challenge to be kept."""
        options, state = self._server.register_begin(
            PublicKeyCredentialUserEntity(id=session.staff.encode(), name=session.login, display_name=session.name),
            credentials=_credentials(held),
            resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
            user_verification=_PREFERRED,
        )
        return dict(options), str(state["challenge"])

    def register(self, challenge: str, answer: Mapping[str, Any]) -> tuple[bytes, int]:
        """Take a new one: what it is known by, and its counter.

        Raises:
            PasskeyRefusedError: it does not answer this challenge here.
        """
        try:
            data = self._server.register_complete(_state(challenge), answer)
            if data.credential_data is None:
                raise PasskeyRefusedError
            return bytes(data.credential_data), data.counter
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise PasskeyRefusedError from error

    def ask(self, held: Sequence[Factor]) -> tuple[dict[str, Any], str]:
        """Ask for one of those that somebody has; returns the options for the browser, and the challenge."""
        options, state = self._server.authenticate_begin(credentials=_credentials(held), user_verification=_PREFERRED)
        return dict(options), str(state["challenge"])

    def check(self, challenge: str, held: Sequence[Factor], answer: Mapping[str, Any]) -> tuple[FactorId, int]:
        """Check the answer of one: which it was, and its counter.

        Raises:
            PasskeyRefusedError: it does not answer this challenge here, or is another's.
        """
        try:
            known = self._server.authenticate_complete(_state(challenge), _credentials(held), answer)
            count = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise PasskeyRefusedError from error
        factor = next(one for one in held if one.credential == bytes(known))
        return factor.id, count


def _credentials(held: Sequence[Factor]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(one.credential) for one in held if one.credential is not None]


def _state(challenge: str) -> dict[str, Any]:
    return {"challenge": challenge, "user_verification": _PREFERRED}


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
