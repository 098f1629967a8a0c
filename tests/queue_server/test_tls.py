import ssl
import warnings
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


def spoken(data: Path, client: ssl.SSLContext) -> tuple[str | None, str] | None:
    """Speak TLS with the server; give version and cipher, None where they have nothing in common."""
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = (
        client.wrap_bio(to_client, to_server),
        server_context(data).wrap_bio(to_server, to_client, server_side=True),
    )
    for _ in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLError:
                return None
    cipher = ends[0].cipher()
    assert cipher is not None
    return ends[0].version(), cipher[0]


def test_nothing_old_is_spoken(tmp_path: Path) -> None:
    init_tls(tmp_path, now=NOW)
    assert (spoken(tmp_path, ssl.create_default_context()) or ("",))[0] == "TLSv1.3"

    def only(version: ssl.TLSVersion, ciphers: str = "ALL:@SECLEVEL=0") -> tuple[str | None, str] | None:
        client = ssl.create_default_context()
        client.set_ciphers(ciphers)
        client.minimum_version = client.maximum_version = version
        return spoken(tmp_path, client)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert only(ssl.TLSVersion.TLSv1_1) is None
    found = only(ssl.TLSVersion.TLSv1_2)
    assert found is not None
    assert found[1].startswith("ECDHE-")
    assert only(ssl.TLSVersion.TLSv1_2, "ECDHE+AESGCM") is not None
    # Nothing without a fresh key, nothing whose cipher does not authenticate.
    for weak in ("AES256-GCM-SHA384", "ECDHE-ECDSA-AES256-SHA384:@SECLEVEL=0", "ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0"):
        assert only(ssl.TLSVersion.TLSv1_2, weak) is None, weak


def _add_name(data: Path) -> None:
    init_tls(data, ["one-more.example"], NOW)
