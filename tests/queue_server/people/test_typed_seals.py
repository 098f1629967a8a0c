"""What is typed as the bytes of a seal: bytes, or a refusal. Pure."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.people.api.seals import from_typed
from queue_server.vault.errors import SealNotReadError


@given(st.text(max_size=300))
def test_whatever_is_typed_is_bytes_of_a_seal_or_is_refused(typed: str) -> None:
    try:
        data = from_typed(typed)
    except SealNotReadError:
        return
    assert data.startswith((b"\xdc", b"{", b"RDB1", b"NDB1"))
