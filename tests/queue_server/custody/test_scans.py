"""What a scanner reads is understood by its shape, whatever it is."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.applications.model import new_reference
from queue_server.custody import labels
from queue_server.custody.scans import ScanKind, drawer_of, read_either, read_scan
from queue_server.domain.values import GovernmentId

LABELS = st.integers(10_001, 999_999_999)


@given(LABELS)
def test_a_label_is_read_as_scanned_and_as_typed(label: int) -> None:
    for written in (labels.barcode(label), labels.shown(label), str(label), labels.barcode(label).lower()):
        scan = read_scan(written)
        assert (scan.kind, scan.value) == (ScanKind.LABEL, str(label)), written


@given(LABELS, st.sampled_from(["]C1", "]d2", "]Q1"]))
def test_an_aim_identifier_is_taken_off(label: int, aim: str) -> None:
    scan = read_scan(aim + labels.barcode(label))
    assert (scan.kind, scan.value) == (ScanKind.LABEL, str(label))
    assert read_scan(aim).kind is ScanKind.NOTHING


@given(LABELS, st.sampled_from(labels.SIGNS))
def test_a_label_with_a_wrong_sign_is_none(label: int, sign: str) -> None:
    right = sign == labels.check_sign(label)
    assert read_scan(f"D{label}{sign}").kind is (ScanKind.LABEL if right else ScanKind.WRONG_LABEL)


@given(st.sampled_from(["UTO", "XAL", "VAL"]))
def test_a_reference_is_read_and_a_slip_is_noticed(government: str) -> None:
    reference = new_reference(GovernmentId(government))
    assert read_scan(reference.lower()).kind is ScanKind.REFERENCE
    other = "2" if reference[-1] != "2" else "3"
    assert read_scan(reference[:-1] + other).kind is ScanKind.WRONG_REFERENCE


def test_places_drawers_numbers_and_what_is_printed() -> None:
    for typed, kind, value in (
        ("2-d-15", ScanKind.PLACE, "2-D-15"),
        (" 2-D ", ScanKind.DRAWER, "2-D"),
        ("7", ScanKind.NUMBER, "7"),
        ("12", ScanKind.NUMBER, "12"),
        ("S 209 447", ScanKind.PRINTED, "S209447"),
        ("", ScanKind.NOTHING, ""),
        ("٣٤٥", ScanKind.NOTHING, "٣٤٥"),
        ("ä", ScanKind.NOTHING, "Ä"),
    ):
        scan = read_scan(typed)
        assert (scan.kind, scan.value) == (kind, value), typed
    assert drawer_of("2-D-15") == "2-D"


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_typed_something_is_said_of_it(typed: str, placed: str) -> None:
    assert read_scan(typed).kind in ScanKind
    assert read_either(typed, placed) in {read_scan(typed), read_scan(placed)}


@given(LABELS)
def test_a_keyboard_of_other_letters_is_read_by_its_places(label: int) -> None:
    assert read_either("ي" + "٤" * 5, labels.barcode(label)).value == str(label)
    assert read_either(labels.barcode(label), "").value == str(label)
