"""The conversation by itself: no line, no clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.money import Amount
from peripherals.payment.port import Progress, Result, TerminalReceiptKind
from peripherals.payment.zvt import codes, commands
from peripherals.payment.zvt.apdu import DONE, WAIT, Apdu, ControlField, refuse
from peripherals.payment.zvt.dialogue import (
    Action,
    Dialogue,
    DialogueEnd,
    Follow,
    GoodsQuestion,
    How,
    Send,
    Times,
    answer_to_stray,
)
from peripherals.payment.zvt.judgement import judge_command, judge_payment

PRICE = Amount(1234, "EUR")
TIMES = Times(t3_s=5, t4_s=180, hold_s=2)
PAY = commands.authorisation(PRICE, "en", b"")
APPROVED = Apdu(
    ControlField.STATUS_INFORMATION, bytes.fromhex("27 00 04 00 00 00 00 12 34 49 09 78 0B 00 00 07 87 00 03")
)
NEW_SCHEME = Apdu(ControlField.STATUS_INFORMATION, APPROVED.data + bytes.fromhex("06 05 1F 1F 02 00 07"))
REVERSED = Apdu(ControlField.STATUS_INFORMATION, bytes.fromhex("27 00 04 00 00 00 00 12 34 0B 00 00 08 37 00 00 07"))
DECLINED = Apdu(ControlField.STATUS_INFORMATION, bytes.fromhex("27 05"))
COMPLETED = Apdu(ControlField.COMPLETION)
ABORTED = Apdu(ControlField.ABORTED, b"\x6c")
RUBBISH = Apdu(0x0FCA, b"\x01")


def paying(*apdus: Apdu) -> Dialogue:
    """Make a payment that has begun, and that heard these."""
    dialogue = Dialogue(PAY, TIMES, pays=PRICE)
    assert dialogue.begin(0) == [Send(PAY)]
    for apdu in apdus:
        dialogue.received(apdu, 1)
    return dialogue


def sent(actions: list[Action]) -> list[Apdu]:
    return [each.apdu for each in actions if isinstance(each, Send)]


def judged(dialogue: Dialogue, *, prints_here: bool = True) -> tuple[Result, str]:
    return judge_payment(dialogue, prints_here=prints_here)


def test_nobody_is_answered_before_it_is_decided() -> None:
    dialogue = paying(DONE)
    [asked] = dialogue.received(APPROVED, 2)
    assert isinstance(asked, GoodsQuestion)
    assert dialogue.due(3.9) == []
    assert sent(dialogue.decided(True, 3.9)) == [DONE]
    assert dialogue.decided(False, 4) == []
    assert dialogue.received(COMPLETED, 5) == [Send(DONE), DialogueEnd(How.COMPLETED)]
    assert judged(dialogue) == (Result.APPROVED, "")
    assert dialogue.received(COMPLETED, 6) == []


def test_a_terminal_waits_as_often_as_it_has_to() -> None:
    dialogue = paying(DONE, APPROVED)
    for at in (10, 20, 30):
        assert sent(dialogue.due(at)) == [refuse(WAIT)]
        assert dialogue.received(APPROVED, at + 1) == []
    assert sent(dialogue.due(40)) == [refuse(WAIT)]
    # Decided while the terminal waits: it hears of it when it asks again.
    assert dialogue.decided(True, 41) == []
    assert not dialogue.committed
    assert sent(dialogue.received(APPROVED, 42)) == [DONE]
    assert dialogue.committed


def test_a_result_that_is_repeated_gets_the_same_answer() -> None:
    for goods, answer in ((True, DONE), (False, refuse(0x66))):
        dialogue = paying(DONE, APPROVED)
        assert sent(dialogue.decided(goods, 2)) == [answer]
        assert sent(dialogue.received(APPROVED, 3)) == [answer]
        assert not dialogue.proved


@pytest.mark.parametrize(
    ("heard", "end", "result"),
    [
        ([], None, (Result.IN_DOUBT, "line-lost")),
        ([DONE], None, (Result.IN_DOUBT, "line-lost")),
        ([DONE, DECLINED], None, (Result.DECLINED, "declined-by-bank")),
        ([DONE, APPROVED], None, (Result.IN_DOUBT, "line-lost")),
        ([DONE, COMPLETED], COMPLETED, (Result.IN_DOUBT, "no-status")),
        ([DONE, ABORTED], ABORTED, (Result.CANCELLED, "aborted")),
        ([DONE, Apdu(ControlField.ABORTED, b"\x00")], ABORTED, (Result.CANCELLED, "aborted")),
        ([DONE, Apdu(ControlField.ABORTED)], ABORTED, (Result.CANCELLED, "aborted")),
        ([refuse(0x6F)], None, (Result.FAILED, "currency")),
        ([refuse(WAIT)], None, (Result.FAILED, "terminal-busy")),
        # It gave up while we had not answered.
        ([DONE, APPROVED, ABORTED], ABORTED, (Result.FAILED, "reversed-by-terminal")),
        ([DONE, APPROVED, COMPLETED], COMPLETED, (Result.IN_DOUBT, "ended-early")),
        ([DONE, NEW_SCHEME, ABORTED], ABORTED, (Result.IN_DOUBT, "ended-early")),
    ],
)
def test_what_is_certain_without_a_decision(heard: list[Apdu], end: Apdu | None, result: tuple[Result, str]) -> None:
    assert judged(paying(*heard)) == result
    assert end is None or heard[-1].control == end.control


@pytest.mark.parametrize(
    ("status", "goods", "after", "result"),
    [
        (APPROVED, True, [ABORTED], (Result.FAILED, "reversed-by-terminal")),
        (APPROVED, False, [ABORTED], (Result.CANCELLED, "goods-not-issued")),
        (APPROVED, False, [REVERSED, COMPLETED], (Result.CANCELLED, "goods-not-issued")),
        (APPROVED, False, [Apdu(0x04FF, b"\x05"), COMPLETED], (Result.CANCELLED, "goods-not-issued")),
        # It ended as if all were well: nothing says that it gave the money back.
        (APPROVED, False, [COMPLETED], (Result.IN_DOUBT, "reversal-not-said")),
        (APPROVED, False, [], (Result.IN_DOUBT, "line-lost")),
        (NEW_SCHEME, True, [ABORTED], (Result.IN_DOUBT, "aborted-late")),
        # To be reversed by a command.
        (NEW_SCHEME, False, [COMPLETED], (Result.APPROVED, "goods-not-issued")),
        (NEW_SCHEME, True, [COMPLETED], (Result.APPROVED, "")),
    ],
)
def test_what_is_certain_after_a_decision(
    status: Apdu, goods: bool, after: list[Apdu], result: tuple[Result, str]
) -> None:
    dialogue = paying(DONE, status)
    dialogue.decided(goods, 2)
    for apdu in after:
        dialogue.received(apdu, 3)
    assert judged(dialogue) == result


def test_what_proves_that_our_answer_arrived() -> None:
    dialogue = paying(DONE, APPROVED)
    dialogue.decided(True, 2)
    assert judged(dialogue, prints_here=False) == (Result.IN_DOUBT, "line-lost")
    dialogue.received(Apdu(0x04FF, b"\x0b"), 3)
    assert judged(dialogue, prints_here=False) == (Result.APPROVED, "")
    # The receipts are still to come, and our answers to them belong to the commit.
    assert judged(dialogue, prints_here=True) == (Result.IN_DOUBT, "line-lost")
    assert dialogue.due(400) == [DialogueEnd(How.SILENT)]
    assert judged(dialogue, prints_here=True) == (Result.IN_DOUBT, "no-completion")


def test_patience_begins_anew_with_whatever_the_terminal_says() -> None:
    dialogue = Dialogue(PAY, TIMES, pays=PRICE)
    dialogue.begin(0)
    assert dialogue.deadline == 5
    dialogue.received(DONE, 1)
    assert dialogue.deadline == 181
    assert dialogue.received(Apdu(0x04FF, b"\x0a"), 100) == [Send(DONE), Follow(Progress.PRESENT_CARD)]
    assert dialogue.deadline == 280
    # It says itself how many minutes it needs, in packed digits; not without a bound.
    dialogue.received(Apdu(0x04FF, b"\x0a\x05"), 100)
    assert dialogue.deadline == 400
    for minutes in (b"\x99", b"\x0a", b"\x00"):
        dialogue.received(Apdu(0x04FF, b"\x0a" + minutes), 100)
        assert dialogue.deadline == 280
    assert dialogue.received(Apdu(0x04FF), 150) == [Send(DONE)]
    assert dialogue.due(329) == []
    assert dialogue.due(330) == [DialogueEnd(How.SILENT)]


def test_a_terminal_that_goes_on_talking_has_an_end_too() -> None:
    dialogue = paying(DONE)
    for minute in range(2, 30):
        assert dialogue.received(Apdu(0x04FF, b"\x0e"), minute * 60.0)[0] == Send(DONE)
    assert dialogue.received(Apdu(0x04FF, b"\x0e"), 1800) == [DialogueEnd(How.SILENT)]
    assert judged(dialogue) == (Result.IN_DOUBT, "no-answer")


@pytest.mark.parametrize("wrong", ["04 00 00 00 00 12 35", "04 00 00 00 00 12 34 49 07 56", "0B 00 00 07"])
def test_another_amount_or_currency_is_refused_at_once(wrong: str) -> None:
    dialogue = paying(DONE)
    assert sent(dialogue.received(Apdu(ControlField.STATUS_INFORMATION, bytes.fromhex("27 00" + wrong)), 2)) == [
        refuse(0x66)
    ]
    dialogue.received(ABORTED, 3)
    assert judged(dialogue) == (Result.CANCELLED, "amount-differs")


def test_what_comes_before_the_answer_belongs_to_something_before() -> None:
    dialogue = paying()
    assert sent(dialogue.received(COMPLETED, 1)) == [DONE]
    assert sent(dialogue.received(APPROVED, 1)) == [refuse(0x66)]
    assert dialogue.end is None
    assert dialogue.approved is None
    assert dialogue.received(DONE, 1) == []


def test_another_command_of_the_terminal_is_unknown() -> None:
    assert sent(paying(DONE).received(RUBBISH, 2)) == [refuse(0x83)]
    assert answer_to_stray(RUBBISH) == refuse(0x83)
    assert answer_to_stray(ABORTED) == DONE
    assert answer_to_stray(DECLINED) == DONE
    assert answer_to_stray(NEW_SCHEME) == refuse(0x66)


def test_an_abort_is_sent_once_and_not_after_the_approval() -> None:
    dialogue = paying(DONE)
    assert dialogue.abort() == [Send(commands.ABORT)]
    assert dialogue.abort() == []
    assert dialogue.received(DONE, 2) == []
    assert dialogue.received(refuse(0x83), 2) == []
    assert isinstance(dialogue.received(APPROVED, 3)[0], GoodsQuestion)
    late = paying(DONE, APPROVED)
    assert late.abort() == []
    early = paying()
    assert early.abort() == []
    assert early.received(DONE, 1) == [Send(commands.ABORT)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", 0),
        ("00", 0),
        ("CC", 0xCC),
        ("F0", 0xF0),
        ("F0 F0 F7 32 2E 31 34 2E 31 35 00", 0),
        ("F0 F0 F3 31 2E 30 DC", 0xDC),
        ("F0 F0 F3 31 2E 30 00 06 05 1F 44 02 52 50", 0),
        ("F0 F0 F0 F0", 0xF0),
        ("F0 F0 F3 31 2E 30", 0),
    ],
)
def test_how_a_terminal_is(data: str, code: int) -> None:
    dialogue = Dialogue(commands.STATUS_ENQUIRY, TIMES)
    dialogue.begin(0)
    dialogue.received(DONE, 1)
    assert dialogue.received(Apdu(ControlField.COMPLETION, bytes.fromhex(data)), 2)[-1] == DialogueEnd(
        How.COMPLETED, code
    )


def test_a_command_is_done_where_the_terminal_says_so_and_completes() -> None:
    cases: list[tuple[list[Apdu], tuple[Result, str]]] = [
        ([DONE, REVERSED, COMPLETED], (Result.APPROVED, "")),
        ([DONE, REVERSED], (Result.IN_DOUBT, "line-lost")),
        ([DONE, COMPLETED], (Result.IN_DOUBT, "no-status")),
        ([DONE, DECLINED, COMPLETED], (Result.DECLINED, "declined-by-bank")),
        ([DONE, Apdu(ControlField.ABORTED, b"\xb4")], (Result.FAILED, "already-reversed")),
        ([DONE, Apdu(ControlField.ABORTED, b"\x00")], (Result.CANCELLED, "aborted")),
        ([refuse(0xB5)], (Result.FAILED, "reversal-impossible")),
    ]
    for heard, result in cases:
        dialogue = Dialogue(commands.reversal("000000", 3, PRICE, b""), TIMES)
        dialogue.begin(0)
        for apdu in heard:
            dialogue.received(apdu, 1)
        assert judge_command(dialogue) == result
    silent = Dialogue(commands.reversal("000000", 3, PRICE, b""), TIMES)
    silent.begin(0)
    silent.due(6)
    assert judge_command(silent) == (Result.IN_DOUBT, "no-answer")


@given(st.integers(0, 255))
def test_every_code_has_a_meaning(code: int) -> None:
    result, reason = codes.result(code)
    assert (result is Result.APPROVED) == (code == 0) == (reason == "")
    assert isinstance(codes.progress(code), Progress)
    state, why = codes.state(code)
    assert (why == "") == (state.value == "online")


APDUS = st.one_of(
    st.sampled_from([DONE, refuse(WAIT), APPROVED, NEW_SCHEME, REVERSED, DECLINED, COMPLETED, ABORTED, RUBBISH]),
    st.builds(Apdu, st.sampled_from([*ControlField]).map(int), st.binary(max_size=30)),
)


@given(st.lists(st.one_of(APDUS, st.booleans(), st.floats(0, 300), st.none()), max_size=25), st.booleans())
def test_whatever_is_said_nothing_is_charged_without_a_yes(heard: list[object], prints_here: bool) -> None:
    dialogue = paying()
    now, goods, answers = 0.0, None, list[Apdu]()
    for each in heard:
        match each:
            case Apdu():
                answers += sent(dialogue.received(each, now))
            case bool():
                said = dialogue.decided(each, now)
                goods = each if goods is None and dialogue.approved is not None else goods
                answers += sent(said)
            case float():
                now += each
                dialogue.due(now)
            case _:
                dialogue.abort()
    result, reason = judged(dialogue, prints_here=prints_here)
    dialogue.receipts.collect(signed=False)
    if result is Result.APPROVED:
        assert dialogue.approved is not None
        assert goods is (not reason)
        assert DONE in answers
    assert len([each for each in answers if each.control == ControlField.AUTHORISATION]) == 0


def test_receipts_in_lines_are_parted_where_the_terminal_says() -> None:
    dialogue = paying(DONE)
    for attribute, text in (
        (0x00, "Haendlerbeleg"),
        (0xFF, "\x02"),
        (0x80, "EUR 12,34"),
        (0x81, "Ende"),
        (0x40, "K U N D E N B E L E G"),
        (0x00, "EUR 12,34"),
    ):
        dialogue.received(Apdu(ControlField.PRINT_LINE, bytes((attribute,)) + text.encode()), 2)
    merchant, customer = dialogue.receipts.collect(signed=True)
    assert (merchant.kind, merchant.signature) == (TerminalReceiptKind.MERCHANT, True)
    assert merchant.lines == ("Haendlerbeleg", "", "", "EUR 12,34", "Ende")
    assert (customer.kind, customer.signature) == (TerminalReceiptKind.CUSTOMER, False)


def test_receipts_have_bounds_and_nothing_in_them_that_moves_a_cursor() -> None:
    dialogue = paying(DONE)
    for _ in range(3000):
        dialogue.received(Apdu(ControlField.PRINT_LINE, b"\x00\x1b[2J\r" + b"x" * 500), 2)
    [receipt] = dialogue.receipts.collect(signed=False)
    assert len(receipt.lines) == 1000
    assert all(line.isprintable() and len(line) <= 120 for line in receipt.lines)


@pytest.mark.parametrize(
    ("characters", "text"),
    [("", b"\x81ber"), ("14 01 FE", "über".encode()), ("14 01 01", b"\xfcber"), ("14 01 0C", b"\x81ber")],
)
def test_receipts_in_blocks_have_the_characters_that_they_say(characters: str, text: bytes) -> None:
    line = bytes((0x07, len(text))) + text
    objects = bytes.fromhex("1F07 01 02" + characters) + bytes((0x25, len(line))) + line
    dialogue = paying(DONE, Apdu(ControlField.PRINT_TEXT, bytes((0x06, len(objects))) + objects))
    [receipt] = dialogue.receipts.collect(signed=False)
    assert (receipt.kind, receipt.lines) == (TerminalReceiptKind.CUSTOMER, ("über",))
