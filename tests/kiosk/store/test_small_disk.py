"""What the journal takes of a disk, and what becomes of it on one that is full."""

from datetime import UTC, datetime
from pathlib import Path

from kiosk.errors import OutboxError
from kiosk.payment import journal
from kiosk.payment.journal_model import PaymentRow, PaymentStep
from kiosk.tickets.outbox import Outbox
from tests.kiosk.payment.stand import bill, set_up
from tests.kiosk.small_disk import fill, small_disk


def pay(box: Outbox) -> None:
    attempt = journal.begin(box, bill(), "zvt", "terminal")
    for step in (PaymentStep.PREFLIGHT_OK, PaymentStep.SENT, PaymentStep.DECLINED):
        journal.append(box, attempt.id, PaymentRow(step, datetime.now(UTC)))


def open_box(disk: Path) -> Outbox:
    set_up(disk / "outbox.sqlite")
    box = Outbox(disk / "outbox.sqlite")
    journal.prepare(box)
    return box


def test_the_log_beside_the_file_does_not_fill_the_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path, 2048) as disk:
        box = open_box(disk)
        fill(disk, spare_kibibytes=600)
        for _ in range(100):
            pay(box)
        assert len(journal.unsettled(box)) == 0
        box.close()


def test_on_a_full_disk_it_goes_on_in_the_room_that_it_has(tmp_path: Path) -> None:
    with small_disk(tmp_path, 2048) as disk:
        box = open_box(disk)
        with box.transaction() as db:
            # Room in the file that nobody else can take.
            db.execute("CREATE TABLE room (content BLOB)")
            db.execute("INSERT INTO room VALUES (zeroblob(400000))")
        with box.transaction() as db:
            db.execute("DROP TABLE room")
        for _ in range(3):
            pay(box)
        fill(disk)
        failed = 0
        for _ in range(40):
            failed += not tried(box)
        assert failed < 20
        box.close()


def tried(box: Outbox) -> bool:
    """Pay, and take back what was cut off; tell whether all could be written."""
    try:
        for one in journal.unsettled(box):
            journal.append(
                box,
                one.id,
                PaymentRow(PaymentStep.CANCELLED if one.sent is None else PaymentStep.DECLINED, datetime.now(UTC)),
            )
        pay(box)
    except OutboxError:
        return False
    return True


def test_where_there_is_room_again_it_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path, 1024) as disk:
        box = open_box(disk)
        junk = fill(disk)
        while tried(box):
            pass
        junk.unlink()
        assert tried(box)
        box.close()
