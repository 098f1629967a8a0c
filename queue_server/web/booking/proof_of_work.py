"""Proof of work before a time is held: ALTCHA, version 2 of its challenges (https://altcha.org/docs/v2/).

The server picks a counter and tells a beginning of the key that PBKDF2 (RFC 8018, section 5.2) makes of it; a browser
tries counters from 0 on until it finds it. That costs a person a second of their telephone, and somebody who holds
thousands of times as many seconds. Nothing is asked of anybody, no third party takes part, and no cookie is kept.
"""

import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

_ALGORITHM: Final = "PBKDF2/SHA-256"
#: More than any payload of ours has (characters).
_MAX: Final = 4_096


class WorkProof(NamedTuple):
    """What was worked out: ``name`` is of its challenge, which was of ``rounds`` derivations on average."""

    name: str
    rounds: int


class ProofOfWork:
    """Makes challenges and checks what was found; every server with these keys takes those of the others."""

    def __init__(self, keys: Callable[[], tuple[bytes, ...]], iterations: int, lifetime_s: int) -> None:
        self._keys = keys
        self._iterations = iterations
        self._lifetime_s = lifetime_s

    def challenge(self, subject: str, rounds: int) -> str:
        """Make a challenge of ``rounds`` derivations on average, good for one ``subject`` alone; as JSON."""
        # It takes 5 ms to load, and only booking by everybody needs it.
        import altcha  # noqa: PLC0415

        secret, key_secret = next(self._secrets())
        made = altcha.create_challenge(
            _ALGORITHM,
            self._iterations,
            counter=rounds // 2 + secrets.randbelow(rounds + 1),
            expires_at=int(time.time()) + self._lifetime_s,
            data={"for": _mark(secret, subject), "rounds": rounds},
            hmac_secret=secret,
            hmac_key_secret=key_secret,
        )
        return json.dumps(made.to_dict(), separators=(",", ":"))

    def proved(self, payload: str, subject: str) -> WorkProof | None:
        """Check a payload (base64 of JSON); gives what was worked out, or None where nothing is proved.

        The same proof has the same name: whoever takes it sees to it that it is taken once, and for what it is worth.
        """
        if not payload or len(payload) > _MAX or not payload.isascii():
            return None
        # As above.
        import altcha  # noqa: PLC0415

        try:
            found = altcha.Payload.from_base64(payload)
            secret = next(
                (
                    secret
                    for secret, key_secret in self._secrets()
                    if altcha.verify_solution(found, secret, hmac_key_secret=key_secret).verified
                ),
                None,
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            # It takes apart by itself what anybody may have written.
            return None
        said = found.challenge.parameters
        if secret is None or not isinstance(said.data, dict) or said.data.get("for") != _mark(secret, subject):
            return None
        rounds = said.data.get("rounds")
        return WorkProof(said.nonce, rounds) if isinstance(rounds, int) else None

    def _secrets(self) -> Iterator[tuple[bytes, bytes]]:
        names = b"altcha challenge", b"altcha key"
        return ((hmac.digest(key, names[0], "sha256"), hmac.digest(key, names[1], "sha256")) for key in self._keys())


def _mark(secret: bytes, subject: str) -> str:
    return hmac.digest(secret, subject.encode(), "sha256")[:8].hex()
