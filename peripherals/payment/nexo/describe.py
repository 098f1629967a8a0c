"""A decrypted message for people to read: nothing of a card in it but the last four digits of its number."""

import base64
import binascii
import json
from urllib.parse import parse_qsl

import msgspec

from peripherals.errors import EnvelopeError
from peripherals.payment.masking import mask
from peripherals.payment.nexo import receipts
from peripherals.payment.nexo.messages import OutputText

#: Fields that hold nothing else but what must not be shown, in lower case.
_HIDDEN = {"sensitivecarddata", "protectedcarddata", "trackdata", "track1", "track2", "cardholdername", "cvc"}
_MAX_FIELDS = 200


def describe(plain: bytes) -> dict[str, object]:
    """Give a message as it is, masked; forms and JSON within texts are taken apart first.

    Raises:
        EnvelopeError: it is no JSON object.
    """
    try:
        whole = json.loads(plain)
    except (ValueError, RecursionError) as error:
        raise EnvelopeError from error
    if not isinstance(whole, dict):
        raise EnvelopeError
    return {name: _shown(name, value) for name, value in whole.items()}


def _shown(name: str, value: object) -> object:
    if name.lower() in _HIDDEN:
        return "****"
    match value:
        case dict():
            return {mask(each): _shown(each, inner) for each, inner in value.items()}
        case list():
            return _lines(value) if name == "OutputText" else [_shown(name, each) for each in value]
        case str() if name == "AdditionalResponse":
            return _additional(value)
    masked = mask(str(value))
    return value if masked == str(value) else masked


def _lines(texts: list[object]) -> list[str]:
    """Lay out a receipt: a number could be parted between two texts."""
    try:
        return list(receipts.lines(msgspec.convert(texts, tuple[OutputText, ...])))
    except msgspec.ValidationError:
        return ["****"]


def _additional(text: str) -> object:
    """Take apart what is a form, or JSON in Base64."""
    try:
        found = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return {name: _shown(name, value) for name, value in found.items()}
    try:
        return {name: _shown(name, value) for name, value in parse_qsl(text, max_num_fields=_MAX_FIELDS)} or mask(text)
    except ValueError:
        return "****"
