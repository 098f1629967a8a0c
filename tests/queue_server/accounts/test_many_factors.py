"""Somebody has eight second factors at most: the eighth is added, a ninth is refused."""

import hashlib
import secrets
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from sqlalchemy import Connection

from queue_server.accounts import factors
from queue_server.accounts.errors import PasskeyRefusedError
from queue_server.accounts.identities import SESSION_COOKIE
from queue_server.accounts.model import Role, Session
from queue_server.accounts.second_factor import Opened, SecondFactors
from tests.queue_server.house import House

pytestmark = pytest.mark.asyncio(loop_scope="module")


def credential() -> AttestedCredentialData:
    """Make what a new security key is known by."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())  # type: ignore[no-untyped-call]
    return AttestedCredentialData.create(bytes(16), secrets.token_bytes(16), key)


def new_passkey(address: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Answer as a new security key does that is asked at an address, without attestation (WebAuthn Level 3)."""
    made, host = credential(), hashlib.sha256((urlsplit(address).hostname or "").encode()).digest()
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    attestation = AttestationObject.create("none", AuthenticatorData.create(host, flags, 0, bytes(made)), {})
    said = CollectedClientData.create("webauthn.create", asked["publicKey"]["challenge"], address)
    response = {"clientDataJSON": websafe_encode(said), "attestationObject": websafe_encode(attestation)}
    ident = websafe_encode(made.credential_id)
    return {"id": ident, "rawId": ident, "type": "public-key", "response": response}


async def test_the_eighth_is_added_and_a_ninth_is_refused_by_the_server_and_by_its_page(here: House) -> None:
    second, password = here.server[SecondFactors], await here.somebody_with_password(Role.COUNTER)
    _, session = await here.signed_in(password["login"], "1")

    def add_all_but_two(connection: Connection) -> None:
        for _ in range(factors.MAX - 2):
            factors.add_passkey(connection, session.staff, bytes(credential()), 0, here.server.clock())

    async def add(current: Session) -> Opened:
        asked = await second.begin_passkey(current, here.server.clock())
        return await second.add_passkey(current, new_passkey(here.address, asked), here.server.clock())

    async def ask_page(opened: Opened) -> tuple[int, str | None]:
        headers = {"Cookie": f"{SESSION_COOKIE}={opened[1]}", "Origin": here.address}
        form = {"csrf": opened[0].csrf, "password": password["password"], "do": "add"}
        address = f"{here.address}/account/second"
        async with here.http.post(address, data=form, headers=headers, allow_redirects=False) as answer:
            return answer.status, answer.headers.get("Location")

    await here.server.log.write(add_all_but_two)
    seven = await add(session)
    assert await ask_page(seven) == (303, "/sign-in/set-up")
    eight = await add(seven[0])
    assert await ask_page(eight) == (409, None)
    with pytest.raises(PasskeyRefusedError):
        await add(eight[0])
    assert len(await here.server.log.run(lambda connection: factors.of(connection, session.staff))) == factors.MAX
