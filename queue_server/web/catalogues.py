"""Catalogues of translations (``.po``, as ``translations`` writes them) made into what gettext reads (``.mo``).

What Babel has for it reads all that translators' tools write, and takes a seventh of a server's start for it. Here is
what our own catalogues hold: comments, ``msgid``, ``msgid_plural``, ``msgstr`` and texts over several lines.
"""

from collections.abc import Iterable
from pathlib import Path
from struct import pack

import msgspec

#: First number of a ``.mo`` file, and the length of its head; both are gettext's.
_MAGIC, _HEAD = 0x950412DE, 28
_SINGULAR, _PLURAL, _TEXT = b"msgid", b"msgid_plural", b"msgstr"


class TranslationFileError(ValueError):
    """A catalogue holds what is not read here; the text names the file and the line."""


def compiled(files: Iterable[Path]) -> bytes:
    """Join catalogues of one language into one; what the first of them says of a sentence is said.

    Sentences without a translation are left out, so that they are said as they are written.

    Raises:
        TranslationFileError: a line is not one of those above.
    """
    found: dict[bytes, tuple[bytes, bytes]] = {}
    for file in files:
        for ident, text in _messages(file):
            one, _, many = ident.partition(b"\0")
            # What is said of numbers too takes the place of what is not.
            if one not in found or (many and b"\0" not in found[one][0]):
                found[one] = ident, text
    return _mo({ident: text for ident, text in found.values() if text})


def _messages(file: Path) -> list[tuple[bytes, bytes]]:
    """Read the messages of a file, forms of one after the other with a zero byte between, as gettext wants them."""
    messages: list[tuple[bytes, bytes]] = []
    parts: dict[bytes, bytes] = {}
    last = b""
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        if not line or line.startswith((b"# ", b"#.", b"#:", b"#, python-format")) or line == b"#":
            continue
        if line.startswith(b'"'):
            name, text = last, line
        else:
            name, _, text = line.partition(b" ")
            if name == _SINGULAR and last.startswith(_TEXT):
                messages.append(_message(parts))
                parts = {}
            last = name
            if name in parts or not (name in {_SINGULAR, _PLURAL, _TEXT} or name.startswith(b"msgstr[")):
                raise TranslationFileError(f"{file}:{number}")
        try:
            # The escapes of these texts are some of those of JSON.
            said = msgspec.json.decode(text, type=str).encode()
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise TranslationFileError(f"{file}:{number}") from error
        parts[name] = parts[name] + said if name in parts else said
    if parts:
        messages.append(_message(parts))
    return messages


def _message(parts: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    one, many = parts.pop(_SINGULAR, b""), parts.pop(_PLURAL, None)
    if many is None:
        return one, parts.get(_TEXT, b"")
    forms = [parts[b"msgstr[%d]" % number] for number in range(len(parts))]
    said = [form or (many if number else one) for number, form in enumerate(forms)]
    return b"\0".join((one, many)), b"\0".join(said)


def _mo(messages: dict[bytes, bytes]) -> bytes:
    """Write the format that the manual of gettext describes under "MO Files"; without a table of hashes."""
    idents = sorted(messages)
    texts = [messages[ident] for ident in idents]
    at = _HEAD + 16 * len(idents)
    places: list[int] = []
    for one in (*idents, *texts):
        places += (len(one), at)
        at += len(one) + 1
    head = pack("<7I", _MAGIC, 0, len(idents), _HEAD, _HEAD + 8 * len(idents), 0, at)
    return b"".join((head, pack(f"<{len(places)}I", *places), *(one + b"\0" for one in (*idents, *texts))))
