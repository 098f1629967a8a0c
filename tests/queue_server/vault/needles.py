"""Searching bytes for a value in every form in which it could have been left."""

import base64
import json
import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

#: A stretch of plain characters that stays itself where the rest of a value is escaped or cut.
_PLAIN = re.compile(r"[ -~]{10,}")


def needles(value: str) -> set[bytes]:
    """Give the forms of a value and of its plain stretches, and the digests of the whole.

    Texts, hexadecimal, base64 at any offset, escapes of JSON, Python and URLs.
    """
    digest = sha256(value.encode())
    forms = {digest.digest(), digest.hexdigest().encode()[:16]}
    for part in (value, *_PLAIN.findall(value)):
        forms |= _forms(part)
    return {form for form in forms if len(form) >= 6}


def _forms(value: str) -> set[bytes]:
    texts = {value.encode(), value.lower().encode(), value.encode("utf-16-le"), value.encode("utf-16-be")}
    forms = texts | {text.hex().encode() for text in texts} | {text.hex().upper().encode() for text in texts}
    forms |= {json.dumps(value)[1:-1].encode(), json.dumps(value, ensure_ascii=False)[1:-1].encode()}
    forms |= {value.encode("ascii", "backslashreplace"), quote(value).encode(), ascii(value)[1:-1].encode()}
    for text in texts:
        for offset in range(3):
            # What stands before it shifts it by 0, 1 or 2 bytes; the characters at the ends hold parts of others.
            encoded = base64.b64encode(bytes(offset) + text)
            forms.add(encoded[4 if offset else 0 : -4])
    return forms


def found(value: str, hay: bytes) -> list[bytes]:
    return sorted(form for form in needles(value) if form in hay)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
