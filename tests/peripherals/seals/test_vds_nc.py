"""Seals in JSON: members, canonical form, and what is hostile."""

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.seals import jcs, reading, vds_nc
from peripherals.documents.seals.vds_nc import VdsNc
from peripherals.errors import SealError
from tests.peripherals.seals import maker
from tests.peripherals.seals import worked_examples as examples

SIGNER = maker.make_signer(algorithm=Algorithm())
SOUND = json.loads(maker.make_json(SIGNER))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def fault(data: bytes) -> str:
    with pytest.raises(SealError) as caught:
        reading.parse(data)
    return str(caught.value.placeholders["fault"])


def changed(*path: str, to: Any = ...) -> bytes:
    """Give the sound seal with one member replaced, or taken out."""
    seal = json.loads(json.dumps(SOUND))
    members = seal
    for name in path[:-1]:
        members = members[name]
    if to is ...:
        del members[path[-1]]
    else:
        members[path[-1]] = to
    return json.dumps(seal).encode()


def test_members_are_sorted_as_the_standard_sorts_them() -> None:
    """RFC 8785, 3.2.3: by UTF-16, which is another order than that of characters."""
    text = (
        b'{"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",'
        b'"\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control", "\\u00f6": "Latin Small Letter O"}'
    )
    names = list(json.loads(jcs.canonical(jcs.parse(text))))
    assert names == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_texts_are_escaped_as_the_standard_escapes_them() -> None:
    """RFC 8785, 3.2.4: its example of a text, and of literals and numbers without a fraction."""
    text = (
        rb'{ "string": "\u20ac$\u000F\u000aA' + rb"'" + rb'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }'
    )
    wanted = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert jcs.canonical(jcs.parse(text)) == wanted.encode()


@given(values)
def test_the_canonical_form_says_the_same_and_is_its_own(value: Any) -> None:
    written = jcs.canonical(value)
    assert json.loads(written) == value
    assert jcs.canonical(jcs.parse(json.dumps(value, indent=2).encode())) == written
    assert jcs.canonical(jcs.parse(written)) == written


@given(st.binary(max_size=80) | st.text('{}[]",:\\u0123456789-eE.truefalsn ', max_size=80).map(str.encode))
def test_any_bytes_are_json_or_refused(data: bytes) -> None:
    try:
        value = jcs.parse(data)
    except SealError:
        return
    assert jcs.parse(jcs.canonical(value)) == value


def test_what_is_refused(subtests: pytest.Subtests) -> None:
    cases: list[tuple[bytes, str]] = [
        (b'{"a": 1.5}', "json-number"),
        (b'{"a": 1e3}', "json-number"),
        (b'{"a": -0}', "json-number"),
        (b'{"a": NaN}', "json-number"),
        (b'{"a": -Infinity}', "json-number"),
        (b'{"a": 9007199254740992}', "json-number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "json-number"),
        (b'{"a": 1, "a": 2}', "json-name"),
        (b'{"a": {"b": 1, "b": 2}}', "json-name"),
        (b'{"a": "\\ud800"}', "json"),
        (b'{"\\ud800": 1}', "json"),
        (b'{"a": "\xff"}', "json"),
        (b'{"a": 1} {}', "json"),
        ("{}".encode("utf-16"), "json"),
        (b"", "json"),
        (b"[" * 17 + b"]" * 17, "json-depth"),
        (b"[" * 100_000, "json-depth"),
        (b'{"a":' * 100_000, "json-depth"),
    ]
    for data, wanted in cases:
        with subtests.test(data=data[:40], wanted=wanted):
            with pytest.raises(SealError) as caught:
                jcs.parse(data)
            assert caught.value.placeholders == {"fault": wanted}


def test_what_was_written_is_read() -> None:
    seal = reading.parse(maker.make_json(SIGNER))
    assert isinstance(seal, VdsNc)
    assert (seal.type, seal.version, seal.country, seal.algorithm) == ("icao.vacc", 1, "UTO", "ES256")
    assert seal.certificate == SIGNER.certificate
    assert seal.message == maker.MESSAGE
    assert reading.zone(seal) is None
    assert reading.describe(seal) == {
        "kind": "vds-nc",
        "document": "icao.vacc",
        "version": 1,
        "issuer": "UTO",
        "fields": maker.MESSAGE,
    }


def test_it_does_not_show_its_content_unasked() -> None:
    assert "Smith" not in repr(vds_nc.parse(examples.VDS_NC))


def test_a_member_that_is_missing_or_another(subtests: pytest.Subtests) -> None:
    tos: list[Any] = [..., None, 7.0, [], True, "", {}]
    for path, to in product(("data", "sig", "data hdr", "data msg", "data hdr t", "data hdr v", "data hdr is"), tos):
        with subtests.test(path=path, to=to):
            if path == "data msg" and to == {}:
                continue
            assert fault(changed(*path.split(), to=to)) in {"member", "json-number"}


def test_a_member_out_of_its_bounds(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, Any, str]] = [
        ("data hdr v", 0, "member"),
        ("data hdr v", 256, "member"),
        ("data hdr is", "utopia", "member"),
        ("data hdr t", "ICAO\n", "member"),
        ("sig alg", 5, "member"),
        ("sig sigvl", ..., "member"),
        ("sig sigvl", "a+b/", "base64"),
        ("sig sigvl", "abcde", "base64"),
        ("sig sigvl", "ab=c", "base64"),
        ("sig cer", "é", "base64"),
        ("sig cer", 1, "member"),
    ]
    for path, to, wanted in cases:
        with subtests.test(path=path, to=to, wanted=wanted):
            assert fault(changed(*path.split(), to=to)) == wanted


def test_what_is_too_long() -> None:
    assert fault(changed("data", "msg", to={"n": "A" * 4096})) == "too-long"


@given(st.data())
def test_a_real_seal_with_any_bytes_changed_is_a_seal_or_refused(data: st.DataObject) -> None:
    raw = bytearray(examples.VDS_NC)
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(1, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        seal = reading.parse(raw)
    except SealError:
        return
    assert reading.describe(seal)["kind"] == "vds-nc"
