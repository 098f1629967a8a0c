"""Schemathesis reads our OpenAPI and asks everything, as everybody: no 5xx, and no answer but as described."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from queue_server.framework.permissions import PrincipalKind
from queue_server.framework.routing import PREFIX
from tests.queue_server.framework.route_bodies import BODIES
from tests.queue_server.framework.test_routes import clients
from tests.queue_server.house import KNOWN, TICKET, Client, House

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def here(server_of_module: House) -> House:
    """Give the demo centre of the server of this module: who waits there does not matter to these tests."""
    return server_of_module


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
#: What never ends by itself.
FEEDS = {route.name for route in KNOWN.routes if route.media == "text/event-stream"}
SEED = 20261127


async def places(everybody: dict[PrincipalKind, Client]) -> dict[str, list[str]]:
    """Make something of every kind that a path may name."""
    kiosk, desk = everybody[PrincipalKind.KIOSK], everybody[PrincipalKind.INTEGRATION_MANAGER]
    base = "/centres/demo"
    visits = [(await kiosk.post(f"{base}/visits", TICKET)).body["visit"]["id"] for _ in range(8)]
    opened = await desk.post(f"{base}/visits/{visits[0]}/applications", {"service": "uto-passport-renewal"})
    called = await kiosk.post(f"{base}/help", {"kind": "help"})
    shown = await desk.post(f"{base}/notices", {"kind": "announcement", "text": "delay"})
    devices = (await desk.get(f"{base}/devices")).body["devices"]
    return {
        "centre": ["demo"],
        "visit": visits,
        "counter": ["1", "2"],
        "service": ["uto-passport-renewal", "uto-evacuation"],
        "application": [opened.body["application"]["id"]],
        "help": [called.body["help"]["id"]],
        "notice": [shown.body["notice"]["id"]],
        "device": [one["id"] for one in devices],
    }


@pytest.fixture(scope="module")
def http() -> Iterator[requests.Session]:
    """Give what keeps its connections from one case to the next."""
    with requests.Session() as session:
        yield session


def cases_of(operation: Any) -> st.SearchStrategy[Any]:
    return st.one_of(operation.as_strategy(), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))


def ask(
    http: requests.Session,
    how: st.SearchStrategy[Any],
    name: str,
    client: Client,
    real: dict[str, list[str]],
    *,
    examples: int,
) -> None:
    """Send cases of one operation as one caller. Blocks."""
    dice = random.Random(f"{SEED}{name}")

    @seed(SEED)
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        deadline=None,
    )
    @given(how)
    def send(case: Any) -> None:
        if dice.random() < 0.8:
            known = {key: dice.choice(real.get(key) or [new_id()]) for key in case.path_parameters}
            case.path_parameters = dict(case.path_parameters) | known
        known_body = BODIES.get(name)
        if isinstance(case.body, dict) and isinstance(known_body, dict) and dice.random() < 0.5:
            case.body = case.body | known_body
        keyed = "Idempotency-Key" in (case.headers or {}) and dice.random() < 0.9
        case.cookies = {}
        case.headers = client.headers | ({"Idempotency-Key": new_id()} if keyed else {})
        response = case.call(base_url=client.address, session=http, timeout=60)
        case.validate_response(response, checks=CHECKS)

    send()


def operations(document: bytes) -> Iterator[tuple[Any, str]]:
    schema = schemathesis.openapi.from_dict(msgspec.json.decode(document))
    names = {(route.method, PREFIX + route.path): route.name for route in KNOWN.routes}
    for result in schema.get_all_operations():
        if isinstance(result, Err):
            raise result.err()
        operation = result.ok()
        yield operation, names[operation.method.upper(), operation.path]


async def walk(http: requests.Session, here: House, kinds: set[PrincipalKind], examples: int) -> None:
    everybody = await clients(here)
    real = await places(everybody)
    wrong: list[str] = []
    for operation, name in await asyncio.to_thread(lambda: list(operations(KNOWN.openapi))):
        if name in FEEDS:
            continue
        how = cases_of(operation)
        for kind in sorted(kinds):
            try:
                await asyncio.to_thread(ask, http, how, name, everybody[kind], real, examples=examples)
            except (FailureGroup, Failure) as failure:
                wrong.append(f"{name} as {kind}: {failure} {getattr(failure, 'exceptions', '')}"[:2000])
    assert not wrong, "\n\n".join(wrong)
    # Not everything was refused.
    assert {status for (_, status), count in here.server.answers.statuses.items() if count} >= {200, 201, 400, 403}


async def test_a_few_cases_of_each_route_are_answered_as_described(own_house: House, http: requests.Session) -> None:
    await walk(http, own_house, {PrincipalKind.KIOSK, PrincipalKind.MANAGER}, 1)


async def test_a_wrong_parameter_of_an_address_is_answered_as_described(here: House) -> None:
    everybody = await clients(here)
    real = await places(everybody)
    document = msgspec.json.decode(await asyncio.to_thread(lambda: KNOWN.openapi))
    asked = 0
    for route in KNOWN.routes:
        wrong = "&".join(f"{one.name}=undefined" for one in route.parameters if one.place == "query")
        if not wrong or route.method != "GET" or route.name in FEEDS:
            continue
        path = route.path.format_map(defaultdict(new_id, {key: some[0] for key, some in real.items()}))
        answer = await everybody[PrincipalKind.MANAGER].get(f"{path}?{wrong}")
        described = document["paths"][PREFIX + route.path]["get"]["responses"]
        assert str(answer.status) in described, route.name
        asked += answer.status == 400
    assert asked > 3


async def test_an_answer_that_is_not_described_is_found(here: House, http: requests.Session) -> None:
    described = msgspec.json.decode(KNOWN.openapi)
    del described["components"]["schemas"]["ServicesAnswer"]["properties"]["version"]
    described["components"]["schemas"]["ServicesAnswer"]["properties"]["centre"] = {"type": "integer"}
    everybody = {PrincipalKind.KIOSK: await here.kiosk()}
    listed = await asyncio.to_thread(lambda: list(operations(msgspec.json.encode(described))))
    operation = next(operation for operation, name in listed if name == "services")
    with pytest.raises((FailureGroup, Failure)):
        await asyncio.to_thread(
            ask,
            http,
            cases_of(operation),
            "services",
            everybody[PrincipalKind.KIOSK],
            {"centre": ["demo"]},
            examples=20,
        )


@pytest.mark.parametrize(
    ("name", "body", "right"),
    [
        ("transfer", {"reason": "wrong-step", "step": "documents"}, True),
        ("transfer", {"reason": "wrong-step", "step": "documents", "counter": "1"}, False),
        ("transfer", {"reason": "wrong-step", "step": None}, False),
        ("open-application", {"service": "uto-passport-renewal"}, True),
        ("open-application", {"service": "uto-passport-renewal", "reference": "PA7Q2XC"}, False),
        ("open-application", {}, False),
        ("notices", {"kind": "announcement", "text": "delay"}, True),
        ("notices", {"kind": "announcement", "text": "delay", "own": {"en": "Soon"}}, False),
        ("notices", {"kind": "announcement", "text": "own"}, False),
        ("notices", {"kind": "announcement", "text": "own", "own": {"en": "Soon"}}, True),
        ("confirm-payment", {"row": 1, "amount": 100, "done": False}, True),
        ("confirm-payment", {"row": 1, "amount": 100, "done": False, "slip": "12345"}, False),
        ("confirm-payment", {"row": 1, "amount": 100, "done": True}, False),
        ("issue", TICKET | {"issued_at": ""}, False),
    ],
)
async def test_rules_between_fields_stand_in_the_schema(
    here: House, name: str, body: dict[str, object], right: bool
) -> None:
    """What the schema refuses the server refuses as a wrong body, and what it takes is none."""
    document = msgspec.json.decode(KNOWN.openapi)
    route = next(route for route in KNOWN.routes if route.name == name)
    assert route.request is not None
    schema = {"$ref": f"#/components/schemas/{route.request.__name__}", "components": document["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    assert validator.is_valid(body) == right
    staff, _ = await here.staff(Role.MANAGER, None)
    place = {"centre": "demo", "counter": "1", "visit": new_id(), "payment": new_id()}
    answer = await staff.post(route.path.format(**place), body)
    assert (answer.status == 400 and answer.code == "body-invalid") == (not right)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_everything_is_answered_as_described_to_everybody(own_house: House, http: requests.Session) -> None:
    await walk(http, own_house, set(PrincipalKind), 25)
