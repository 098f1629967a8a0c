"""``queue-server new-centre``: what a new centre begins with, and what it is refused for."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from queue_server.catalogue import model, toml
from queue_server.cli import app


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the commands block: each has a loop of its own."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new-centre") / "data"
    said("init", "--data", folder)
    return folder


def said(*arguments: str | Path, status: int = 0) -> str:
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


def made(data: Path, centre: str, name: str = "River Centre", zone: str = "Europe/Brussels", status: int = 0) -> str:
    return said("new-centre", centre, "--name", name, "--zone", zone, "--data", data, status=status)


def setup_of(data: Path, centre: str) -> model.Setup:
    return toml.parse(said("export", centre, "--data", data))


def test_a_new_centre_can_work_at_once(data: Path) -> None:
    assert made(data, "river", name='Rivière "sud" \\ النهر') == "river: version 1\n"
    setup = setup_of(data, "river")
    assert (setup.centre.id, setup.centre.zone) == ("river", "Europe/Brussels")
    assert setup.centre.name == {"en": 'Rivière "sud" \\ النهر'}
    # At whatever hour somebody tries it, its kiosks give tickets, and a counter can take each step.
    assert setup.hours.week == (("00:00-24:00",),) * 7
    assert all(not counter.steps and not counter.services for counter in setup.counters)
    for section, key, names in toml.written_names(setup):
        assert section == "centre" or set(names) == {"en", "fr", "ar"}, (section, key)


def test_a_centre_that_is_there_stays_as_it_is(data: Path) -> None:
    made(data, "hill")
    before = setup_of(data, "hill")
    assert "centre-exists (centre: hill)" in made(data, "hill", name="Another", status=1)
    assert setup_of(data, "hill") == before


@pytest.mark.parametrize(
    ("centre", "name", "zone", "code"),
    [
        ("River", "River Centre", "Europe/Brussels", "catalogue-invalid (section: centre, key: id"),
        ("new", "River Centre", "Europe/Brussel", "catalogue-zone"),
        ("new", "two\nlines", "Europe/Brussels", "catalogue-invalid (section: centre, key: name"),
        ("new", " ", "Europe/Brussels", "catalogue-invalid (section: centre, key: name"),
    ],
)
def test_what_cannot_be_is_refused_and_makes_nothing(data: Path, centre: str, name: str, zone: str, code: str) -> None:
    assert code in made(data, centre, name=name, zone=zone, status=1)
    assert "there is no centre" in said("export", centre, "--data", data, status=1)
