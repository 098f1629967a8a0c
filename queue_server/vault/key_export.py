"""All keys of a server in one file, sealed with a passphrase: so they come to a further server.

``ConsularError``
    ``KeysExistError``       an import would overwrite others
    ``KeysPassphraseError``  an export that cannot be opened: wrong passphrase, or changed
"""

import secrets
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from queue_server import files
from queue_server.domain.values import ConsularError
from queue_server.signing import FormerKey
from queue_server.vault.former_keys import NAME as FORMER
from queue_server.vault.former_keys import FormerKeysDamagedError, add_former, decode_former, encode_former
from queue_server.vault.key_file import PeopleKeyDamagedError, decode_key, encode_key
from queue_server.vault.keys import (
    FOLDER,
    KEY_SIZE,
    PEOPLE,
    PLAIN,
    Keys,
    key_path,
    load_keys,
    people_file,
    read_held,
    write_held,
)
from queue_server.vault.puncturable import PuncturableKey

_SALT, _NONCE = 16, 12
# RFC 7914, section 2, and OWASP's advice for a passphrase: 128 MiB of memory, about half a second.
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**17, 8, 1
_MAGIC: Final = b"consular-keys-1\n"

#: The keys of each name as the file has them, the oldest first.
_Held = dict[str, tuple[bytes, ...]]


class KeysExistError(ConsularError):
    """Other keys are there already; nothing was changed."""

    code = "keys-exist"


class KeysPassphraseError(ConsularError):
    """The file is no export, was changed, or has another passphrase."""

    code = "keys-passphrase"


def export_keys(data: Path, passphrase: str) -> bytes:
    """Seal all keys for a further server: scrypt (RFC 7914) over the passphrase, AES-256-GCM over the keys.

    Shape: magic line, salt (16 bytes), nonce (12 bytes), ciphertext with tag.

    Raises:
        KeysMissingError: one is not there.
        KeysDamagedError: one cannot be used.
    """
    keys = load_keys(data)
    held = {name: " ".join(key.hex() for key in read_held(data, name)) for name in PLAIN}
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    former = {FORMER: encode_former(keys.former)} if keys.former else {}
    plain = msgspec.json.encode(held | former | {PEOPLE: encode_key(keys.people).decode()})
    return _MAGIC + salt + nonce + _cipher(passphrase, salt).encrypt(nonce, plain, _MAGIC)


def import_keys(data: Path, sealed: bytes, passphrase: str) -> Keys:
    """Open an export and write its keys into a data folder that has none, or some of the same.

    Where a key is being changed a folder has the one before, and is brought the next one. Of the people key only what
    the export and the folder both still have is kept: nothing that was destroyed on one side comes back.

    Raises:
        KeysPassphraseError: it cannot be opened.
        KeysExistError: other keys are there.
        KeysDamagedError: one that is there cannot be used.
        PeopleKeyDamagedError: the people key that is there cannot be used.
    """
    brought, people, former = _open_export(sealed, passphrase)
    (data / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    file = people_file(data)
    has_people = file.path.exists()
    with files.locked(data / FOLDER):
        there = {name: read_held(data, name) if key_path(data, name).exists() else () for name in PLAIN}
        if any(held and not set(held) & set(brought[name]) for name, held in there.items()):
            raise KeysExistError
        if has_people and file.load().id != people.id:
            raise KeysExistError
        add_former(data / FOLDER, former)
        for name, held in there.items():
            if more := tuple(key for key in brought[name] if key not in held):
                write_held(data, name, held + more)
    if has_people:
        file.change(lambda key: key.meet(people))
    else:
        file.bring(people)
    return load_keys(data)


def _open_export(sealed: bytes, passphrase: str) -> tuple[_Held, PuncturableKey, tuple[FormerKey, ...]]:
    body = sealed.removeprefix(_MAGIC)
    salt, nonce, secret = body[:_SALT], body[_SALT : _SALT + _NONCE], body[_SALT + _NONCE :]
    if body == sealed or not secret:
        raise KeysPassphraseError
    try:
        plain = _cipher(passphrase, salt).decrypt(nonce, secret, _MAGIC)
        found = msgspec.json.decode(plain, type=dict[str, str])
        people = decode_key(found[PEOPLE].encode())
        held = {name: tuple(bytes.fromhex(key) for key in found[name].split()) for name in PLAIN}
        return held, people, decode_former(found.get(FORMER, ""))
    except (
        InvalidTag,
        msgspec.MsgspecError,
        ValueError,
        TypeError,
        KeyError,
        PeopleKeyDamagedError,
        FormerKeysDamagedError,
    ) as error:
        raise KeysPassphraseError from error


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt, KEY_SIZE, _SCRYPT_N, _SCRYPT_R, _SCRYPT_P).derive(passphrase.encode()))
