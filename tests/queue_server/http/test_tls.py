from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from queue_server.tls import TlsDamagedError, TlsMissingError, authority, init_tls, server_context

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def files(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "tls").iterdir()}


def test_once_made_it_stays_until_a_name_is_added_or_its_end_is_near(tmp_path: Path) -> None:
    init_tls(tmp_path, ["queue.example", "192.0.2.7"], NOW)
    first = files(tmp_path)
    init_tls(tmp_path, ["queue.example"], NOW)
    assert files(tmp_path) == first
    init_tls(tmp_path, ["other.example"], NOW)
    second = files(tmp_path)
    assert second["ca.pem"] == first["ca.pem"]
    assert second["server.pem"] != first["server.pem"]
    certificate = x509.load_pem_x509_certificate(second["server.pem"])
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {"queue.example", "other.example", "localhost"} <= set(names.get_values_for_type(x509.DNSName))
    assert "192.0.2.7" in {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    init_tls(tmp_path, now=NOW + timedelta(days=300))
    assert files(tmp_path) == second
    init_tls(tmp_path, now=NOW + timedelta(days=350))
    renewed = files(tmp_path)
    assert renewed["server.pem"] != second["server.pem"]
    x509.load_pem_x509_certificate(renewed["server.pem"]).verify_directly_issued_by(
        x509.load_pem_x509_certificate(renewed["ca.pem"])
    )


def test_what_is_missing_or_damaged_is_said(tmp_path: Path) -> None:
    assert authority(tmp_path) is None
    with pytest.raises(TlsMissingError):
        server_context(tmp_path)
    init_tls(tmp_path, now=NOW)
    for name, use in (("server.key", server_context), ("ca.pem", authority), ("ca.key", _add_name)):
        path = tmp_path / "tls" / name
        kept = path.read_bytes()
        path.write_bytes(b"-----BEGIN NOTHING-----\n")
        with pytest.raises(TlsDamagedError) as caught:
            use(tmp_path)
        assert str(caught.value.placeholders["file"]).endswith((".pem", ".key"))
        path.write_bytes(kept)


def _add_name(data: Path) -> None:
    init_tls(data, ["one-more.example"], NOW)
