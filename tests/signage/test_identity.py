from pathlib import Path

import pytest

from signage import identity
from signage.errors import NotEnrolledError


@pytest.mark.parametrize("left", [None, b"", b"{", b'{"server":"\xff"}', b'{"more":' + b"[" * 40_000])
def test_a_screen_without_a_readable_identity_says_that_it_has_none(tmp_path: Path, left: bytes | None) -> None:
    if left is not None:
        (tmp_path / "device.json").write_bytes(left)
    with pytest.raises(NotEnrolledError):
        identity.load(tmp_path)
