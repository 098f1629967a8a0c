"""A browser is what it says last, and whatever it says is something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.accounts.agents import Browser, Machine, UserAgent, agent

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "browser", "machine"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Browser.FIREFOX, Machine.LINUX),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/140.0 Safari/537.36", "chrome", "windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {_WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0", "edge", "windows"),
        (f"Mozilla/5.0 (X11; CrOS x86_64) {_WEBKIT} Chrome/140.0 Safari/537.36", "chrome", "chromebook"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {_WEBKIT} Chrome/140.0 Mobile Safari/537.36", "chrome", "phone"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {_WEBKIT} Chrome/140.0 Safari/537.36", "chrome", "tablet"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "safari", "mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile/15E148 Safari/604.1", "safari", "phone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0) Version/18.0 Mobile/15E148 Safari/604.1", "safari", "tablet"),
        ("curl/8.0", Browser.OTHER, Machine.OTHER),
        ("", Browser.OTHER, Machine.OTHER),
    ],
)
def test_browsers_and_machines_are_told_apart(said: str, browser: str, machine: str) -> None:
    assert agent(said) == UserAgent(Browser(browser), Machine(machine))


@given(st.text())
def test_anything_is_read_as_something(said: str) -> None:
    assert isinstance(agent(said), UserAgent)
