"""What every file of a kiosk promises."""

from pathlib import Path
from typing import ClassVar

from kiosk.store.database import Database

PLANTED = b"ANNA PLANTED"


class Box(Database):
    schema: ClassVar[str] = "CREATE TABLE IF NOT EXISTS things (content BLOB)"


def test_what_is_deleted_is_overwritten(tmp_path: Path) -> None:
    """A disk of a kiosk that is sold or stolen holds nothing that its owner deleted."""
    path = tmp_path / "box.sqlite"
    box = Box(path)
    with box.transaction() as db:
        db.execute("INSERT INTO things VALUES (?), (?)", (PLANTED, b"what stays"))
    box.close()
    assert PLANTED in path.read_bytes()
    box = Box(path)
    with box.transaction() as db:
        db.execute("DELETE FROM things WHERE content = ?", (PLANTED,))
    box.close()
    assert PLANTED not in path.read_bytes()
    assert b"what stays" in path.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["box.sqlite"]
