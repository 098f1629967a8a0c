"""Addresses and numbers as they are typed: whatever is taken is one address that any mail server takes, and no more."""

import re
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import Micros
from queue_server.notices.contact import MAX_ADDRESS, MAX_DOMAIN, MAX_LOCAL, read_email, read_telephone
from queue_server.notices.errors import ContactInvalidError
from queue_server.notices.mail_message import mail_bytes
from queue_server.notices.port import OutgoingMessage
from queue_server.notices.values import NotificationId

#: RFC 5322, 3.2.3: ``dot-atom``; RFC 5321, 4.1.2: a domain.
DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABELS = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

names = st.from_regex(r"[a-z0-9](\.?[a-z0-9_+-]){0,20}", fullmatch=True)
labels = st.from_regex(r"[a-z][a-z0-9]{0,12}", fullmatch=True)
domains = st.lists(labels, min_size=1, max_size=4).map(lambda found: ".".join([*found, "example"]))


def is_address(found: str) -> bool:
    local, _, domain = found.rpartition("@")
    return (
        DOT_ATOM.fullmatch(local) is not None
        and LABELS.fullmatch(domain) is not None
        and len(local) <= MAX_LOCAL
        and len(domain) <= MAX_DOMAIN
        and len(found) <= MAX_ADDRESS
    )


@given(st.text(max_size=300) | st.from_regex(r"\s*[^@\n]{0,80}@[^@\n]{0,80}\s*", fullmatch=True))
def test_whatever_is_typed_is_one_plain_address_or_none(typed: str) -> None:
    try:
        found = read_email(typed)
    except ContactInvalidError:
        return
    assert is_address(found), found
    assert read_email(found) == found


@given(names, domains, st.sampled_from(["", " ", "\n", "\t"]))
def test_an_ordinary_address_is_taken(name: str, domain: str, around: str) -> None:
    assert read_email(f"{around}{name}@{domain}{around}") == f"{name}@{domain}"


@given(
    names,
    domains,
    st.sampled_from(
        [
            "\r\nBcc: b@c.example",
            "\nX: y",
            "\0",
            ",b@c.example",
            ";b@c.example",
            " b@c.example",
            ">",
            "<a@b.example>",
            "%0a",
        ]
    ),
    st.integers(0, 60),
)
def test_nothing_is_smuggled_in(name: str, domain: str, more: str, at: int) -> None:
    typed = f"{name}@{domain}"
    try:
        found = read_email(typed[:at] + more + typed[at:])
    except ContactInvalidError:
        return
    assert is_address(found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Amina@Example.ORG", "Amina@example.org"),
        ("amina@bücher.example", "amina@xn--bcher-kva.example"),
        ("amina@موقع.example", "amina@xn--4gbrim.example"),
        ("a.b+c_d-e@sub.example.org", "a.b+c_d-e@sub.example.org"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
    ],
)
def test_names_of_any_script_become_what_servers_know(typed: str, found: str) -> None:
    assert read_email(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "amina",
        "@example.org",
        "amina@",
        "a@b@example.org",
        "أمينة@example.org",
        '"a b"@example.org',
        "amina@[192.0.2.1]",
        "amina@localhost",
        "amina@example",
        "amina@exa_mple.org",
        "a..b@example.org",
        ".a@example.org",
        "Amina <amina@example.org>",
        "amina@example.org\r\nBcc: b@example.org",
        "amina@example.org\x00",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 64}.example",
        f"a@{'.'.join(['b' * 60] * 5)}.example",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ContactInvalidError):
        read_email(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_one_number_or_none(typed: str) -> None:
    try:
        found = read_telephone(typed)
    except ContactInvalidError:
        return
    assert re.fullmatch(r"\+[1-9][0-9]{6,14}", found)
    assert read_telephone(found) == found


@given(st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True), st.lists(st.integers(1, 14)), st.sampled_from(" -.\u00a0/"))
def test_a_number_is_taken_however_it_is_parted(digits: str, cuts: list[int], sign: str) -> None:
    parted = "".join(f"{sign}{digit}" if at in cuts else digit for at, digit in enumerate(digits))
    assert read_telephone(f"+{parted}") == read_telephone(f"00{parted}") == f"+{digits}"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("+٩٦٣ ١١ ١٢٣ ٤٥٦٧", "+963111234567"),  # noqa: RUF001 - as Arabic writes them
        ("\u202a+963 11 123 4567\u202c", "+963111234567"),
        ("＋33612345678", "+33612345678"),  # noqa: RUF001 - as a Japanese keyboard writes it
    ],
)
def test_numbers_as_people_write_them(typed: str, found: str) -> None:
    assert read_telephone(typed) == found


@pytest.mark.parametrize(
    "typed", ["", "0612345678", "+0612345678", "+33", "+1234567890123456", "+33 call me", "12345678"]
)
def test_what_is_no_number_or_of_no_country_is_refused(typed: str) -> None:
    with pytest.raises(ContactInvalidError):
        read_telephone(typed)


@given(names, domains, st.text(max_size=120), st.text(max_size=2000))
def test_a_letter_is_read_as_it_was_written(name: str, domain: str, subject: str, text: str) -> None:
    plain = "".join(sign for sign in subject if sign.isprintable()).strip()
    body = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    message = OutgoingMessage(
        id=NotificationId("11111111-1111-5111-8111-111111111111"),
        address=f"{name}@{domain}",
        language="ar",
        sender_name="Consular Support Centre, «Harbour»",
        subject=plain,
        text=body,
        short="",
        at=Micros(1_795_824_757_170_800),
    )
    raw = mail_bytes(message, "centre@demo.example")
    assert raw == mail_bytes(message, "centre@demo.example")
    assert raw.isascii()
    # RFC 5322, 2.1.1; and no line feed without its carriage return, which some servers take for the end of a header.
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert raw.replace(b"\r\n", b"").count(b"\n") == raw.replace(b"\r\n", b"").count(b"\r") == 0
    mail = message_from_bytes(raw, policy=default)
    assert mail["To"].addresses == (Address("", name, domain),)
    assert mail["From"].addresses[0].display_name == message.sender_name
    assert mail["Message-ID"] == f"<{message.id}.email@demo.example>"
    assert sorted(mail.keys()) == sorted(
        (
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "Content-Language",
            "Content-Type",
            "Content-Transfer-Encoding",
            "MIME-Version",
        )
    )
