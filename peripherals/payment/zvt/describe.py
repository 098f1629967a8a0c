"""What an APDU says, for people and for JSON. Pure, and masked: no password, card number or track is ever in it."""

from typing import Final

from peripherals.errors import ZvtInvalidError
from peripherals.payment.masking import mask
from peripherals.payment.zvt import codes, link
from peripherals.payment.zvt.apdu import Apdu, ControlField, decode
from peripherals.payment.zvt.bmp import Bmp, BmpField, Fields, object_text, parse, split_version
from peripherals.payment.zvt.link import BlockFramer, Byte
from peripherals.payment.zvt.tlv import Object

_PASSWORD: Final = 3
_WITH_PASSWORD: Final = frozenset(
    {
        ControlField.REGISTRATION,
        ControlField.REPEAT_RECEIPT,
        ControlField.REVERSAL,
        ControlField.REFUND,
        ControlField.END_OF_DAY,
        ControlField.INITIALISATION,
        ControlField.STATUS_ENQUIRY,
    }
)
_NAMES: Final = {int(each): each.name.lower().replace("_", "-") for each in Bmp} | {
    0x05: "pump",
    0x0E: "expiry",
    0x17: "card-sequence",
    0x23: "track-2",
    0x24: "track-3",
    0x2D: "track-1",
    0x2E: "chip-data",
    0x3A: "check-value",
    0x3D: "password",
    0x8C: "card-kind-of-network",
    0xA7: "chip-data",
    0xAF: "chip-data",
    0xBA: "application",
}
_OBJECTS: Final = {
    0x07: "text-line",
    0x09: "attribute",
    0x0A: "command",
    0x12: "line-length",
    0x14: "characters",
    0x15: "language",
    0x24: "display-texts",
    0x25: "print-texts",
    0x26: "commands",
    0x1F07: "receipt-kind",
    0x1F10: "holder-check",
    0x1F1F: "unique-number",
    0x1F37: "receipt-information",
}


def read(data: bytes) -> Apdu:
    """Read an APDU, bare or in a block of the serial link.

    Raises:
        ZvtInvalidError: it is neither, or its checksum is wrong.
    """
    if not data.startswith(bytes((link.DLE, link.STX))):
        return decode(data)
    events = BlockFramer(1.0).feed(data, 0.0)
    match events:
        case [Apdu() as apdu]:
            return apdu
        case [Apdu(), *rest] if all(isinstance(each, Byte) for each in rest):
            return events[0]  # type: ignore[return-value]  # the pattern says which it is
        case []:
            raise ZvtInvalidError(fault="cut-off", at=len(data))
        case _:
            raise ZvtInvalidError(fault="block", at=0)


def describe(apdu: Apdu) -> dict[str, object]:
    """Give class, instruction and name, what stands there without a name, and the fields."""
    answer: dict[str, object] = {
        "class": f"{apdu.control >> 8:02X}",
        "instruction": f"{apdu.control & 0xFF:02X}",
        "name": apdu.name,
        "length": len(apdu.data),
    }
    before, rest = _before(apdu)
    fields = parse(rest, strict=False)
    return answer | before | _shown(fields)


def _before(apdu: Apdu) -> tuple[dict[str, object], bytes]:  # noqa: PLR0911 - one case a control
    """What has its place instead of a name, and what is left."""
    data = apdu.data
    match apdu.control:
        case control if control in _WITH_PASSWORD and data:
            # What is cut off is the beginning of one, and is shown as little.
            return _after_password(apdu.control, data[_PASSWORD:])
        case ControlField.INTERMEDIATE_STATUS if data:
            shown: dict[str, object] = {"status": f"{data[0]:02X}", "progress": codes.progress(data[0]).value}
            return shown | ({"timeout": data[1:2].hex()} if data[1:] else {}), data[2:]
        case ControlField.ABORTED if data:
            return {"result": f"{data[0]:02X}", "reason": codes.result(data[0])[1]}, data[1:]
        case ControlField.PRINT_LINE if data:
            return {"attribute": f"{data[0]:02X}", "text": mask(data[1:].decode("cp437"))}, b""
        case ControlField.COMPLETION if (version := (split := split_version(data))[0]) is not None:
            return {"version": mask(version.decode("cp437"))} | _status(split[1]), split[1][1:]
        case ControlField.COMPLETION if data and not parse(data, strict=False).found:
            return _status(data), data[1:]
        case _:
            return {}, data


def _status(data: bytes) -> dict[str, object]:
    """Show the terminal's status, where it says one."""
    if not data:
        return {}
    state, reason = codes.state(data[0])
    return {"status": f"{data[0]:02X}", "state": state.value, "reason": reason}


def _after_password(control: int, data: bytes) -> tuple[dict[str, object], bytes]:
    shown: dict[str, object] = {"password": "******"}
    if control != ControlField.REGISTRATION or not data:
        return shown, data
    shown["config"] = f"{data[0]:02X}"
    if len(data) > 2:  # noqa: PLR2004 - two bytes of a currency
        shown["currency"] = data[1:3].hex()
    return shown, data[3:]


def _shown(fields: Fields) -> dict[str, object]:
    shown: dict[str, object] = {
        "fields": [_field(each) for each in fields.found if each.tag != Bmp.CONTAINER],
        "tlv": [_object(each) for each in fields.objects],
    }
    return shown if fields.stopped is None else shown | {"unknown": f"{fields.stopped:02X}"}


def _field(one: BmpField) -> dict[str, object]:
    return {"bmp": f"{one.tag:02X}", "name": _NAMES.get(one.tag, "other"), "value": one.shown}


def _object(one: Object) -> dict[str, object]:
    tag: dict[str, object] = {"tag": f"{one.tag:02X}", "name": _OBJECTS.get(one.tag, "other")}
    if one.children:
        return tag | {"objects": [_object(each) for each in one.children]}
    return tag | {"value": object_text(one)}
