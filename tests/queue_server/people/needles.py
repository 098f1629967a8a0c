"""Searching bytes for a value in every form in which it could have been left."""

import base64
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import msgspec


def needles(value: str) -> set[bytes]:
    """Give the forms of a value: texts, hexadecimal, base64 at any offset, escapes of JSON and URLs, plain digests."""
    raw = value.encode()
    texts = {raw, value.lower().encode(), value.encode("utf-16-le"), value.encode("utf-16-be")}
    digest = sha256(raw)
    forms = texts | {digest.digest(), digest.hexdigest().encode()[:16]}
    forms |= {text.hex().encode() for text in texts} | {text.hex().upper().encode() for text in texts}
    forms.add(msgspec.json.encode(value)[1:-1])
    forms.add(value.encode("ascii", "backslashreplace"))
    forms.add(quote(value).encode())
    for text in texts:
        for offset in range(3):
            # What stands before it shifts it by 0, 1 or 2 bytes; the characters at the ends hold parts of others.
            encoded = base64.b64encode(bytes(offset) + text)
            forms.add(encoded[4 if offset else 0 : -4])
    return {form for form in forms if len(form) >= 6}


def found(value: str, hay: bytes) -> list[bytes]:
    return sorted(form for form in needles(value) if form in hay)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
