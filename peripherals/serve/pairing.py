"""Which browsers may use the devices: paired by a code, kept in one file, revoked by leaving it.

The code is shown by ``peripherals desk pair`` and typed on the page. It is 8 digits, lives for minutes, may be tried a
few times, and works once. What the browser keeps is a token of 256 bits; the file has its hash alone, so whoever reads
the file cannot pair. The file is read for every request: a pairing that is revoked ends at once.
"""

import contextlib
import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from peripherals.errors import DeskSettingsError, PairingCodeError, PairingOverError, UnpairedError
from peripherals.serve.settings import AgentSettings

FILE, _LOCK = "pairings.json", "pairings.lock"
DIGITS = 8
_TOKEN_BYTES, _SALT_BYTES, _ID_BYTES = 32, 16, 4


class Pairing(msgspec.Struct, frozen=True):
    """``digest`` is the SHA-256 of the browser's token in hexadecimal, ``made_at`` in seconds since 1970."""

    id: str
    name: str
    origin: str
    made_at: float
    digest: str


class PairingOffer(msgspec.Struct, frozen=True):
    """A code that is waited for: its keyed hash, until when, and how often it may still be tried."""

    salt: str
    digest: str
    until: float
    left: int


class _HeldPairings(msgspec.Struct, frozen=True):
    pairings: tuple[Pairing, ...] = ()
    offer: PairingOffer | None = None


class Pairings:
    """The file in ``folder``, which belongs to the user of the program. Every change is one by one, by a lock."""

    def __init__(self, folder: Path, settings: AgentSettings) -> None:
        self._folder = folder
        self._settings = settings

    def offer(self, now: float) -> str:
        """Make a code, in place of any other that is waited for.

        Raises:
            DeskSettingsError: the folder cannot be used; likewise of all that follows.
        """
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        salt = secrets.token_hex(_SALT_BYTES)
        made = PairingOffer(salt, _code_digest(salt, code), now + self._settings.code_s, self._settings.code_tries)
        with self._changing() as held:
            self._write(replace(held, offer=made))
        return code

    def pair(self, code: str, name: str, now: float) -> str:
        """Exchange a code for the token of a new pairing.

        Raises:
            PairingOverError: no code is waited for, or not any more.
            PairingCodeError: it is another one.
        """
        with self._changing() as held:
            offer = held.offer
            if offer is None or now >= offer.until or offer.left <= 0:
                self._write(replace(held, offer=None))
                raise PairingOverError
            if not hmac.compare_digest(_code_digest(offer.salt, code), offer.digest):
                left = offer.left - 1
                self._write(replace(held, offer=replace(offer, left=left) if left else None))
                raise PairingCodeError(left=left)
            token = secrets.token_urlsafe(_TOKEN_BYTES)
            made = Pairing(secrets.token_hex(_ID_BYTES), name, self._settings.origin, now, _digest(token))
            kept = (*held.pairings, made)[-self._settings.pairings :]
            self._write(_HeldPairings(kept))
        return token

    def find(self, token: str) -> Pairing:
        """Find the pairing of a token, made for the pages of this server.

        Raises:
            UnpairedError: there is none, or not any more.
        """
        digest, found = _digest(token), None
        for one in self.all():
            # Each is compared, so that how long it takes tells nothing.
            same = hmac.compare_digest(one.digest, digest)
            if same and one.origin == self._settings.origin:
                found = one
        if found is None:
            raise UnpairedError
        return found

    def all(self) -> tuple[Pairing, ...]:
        return self._read().pairings

    def revoke(self, ident: str | None) -> int:
        """End one pairing, or all of them and the code that is waited for; gives how many."""
        with self._changing() as held:
            kept = tuple(one for one in held.pairings if ident is not None and one.id != ident)
            self._write(_HeldPairings(kept, None if ident is None else held.offer))
            return len(held.pairings) - len(kept)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[_HeldPairings]:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self._folder / _LOCK, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise DeskSettingsError(section="", key=str(self._folder), wanted=str(error)) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self._read()
        finally:
            os.close(lock)

    def _read(self) -> _HeldPairings:
        path = self._folder / FILE
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_mode & 0o077:
                    raise DeskSettingsError(section="", key=FILE, wanted="mode 0600: others could read it")
                return msgspec.json.decode(file.read(), type=_HeldPairings)
        except FileNotFoundError:
            return _HeldPairings()
        except (OSError, msgspec.DecodeError) as error:
            raise DeskSettingsError(section="", key=FILE, wanted=str(error)) from error

    def _write(self, held: _HeldPairings) -> None:
        path, fresh = self._folder / FILE, self._folder / f"{FILE}.new"
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor has no path
                os.fchmod(descriptor, 0o600)
                file.write(msgspec.json.encode(held))
                file.flush()
                os.fsync(descriptor)
            fresh.replace(path)
        except OSError as error:
            raise DeskSettingsError(section="", key=FILE, wanted=str(error)) from error


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _code_digest(salt: str, code: str) -> str:
    return hmac.new(bytes.fromhex(salt), code.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
