"""Figures, the hours ahead and all centres in every language and width (with `--all`)."""

import pytest
from playwright.sync_api import Browser, Page

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.figures.conftest import Figures, Planted, figures, figures_servers, planted
from tests.queue_server.web.figures.journeys.test_figures_page import faults_of_figures
from tests.queue_server.web.forecast.conftest import learned, page
from tests.queue_server.web.forecast.journeys.test_forecast import NARROW, USUAL, WIDE, faults_of_forecast
from tests.queue_server.web.forecast.served_town import ServedTown
from tests.queue_server.web.organisation.journeys.test_organisation_page import WIDTHS, faults_of_all_centres
from tests.queue_server.web.server import Centre

__all__ = ["figures", "figures_servers", "learned", "page", "planted"]

pytestmark = pytest.mark.timeout(600)


def test_figures_are_whole(request: pytest.FixtureRequest) -> None:
    walked: tuple[Figures, Planted] = request.getfixturevalue("figures"), request.getfixturevalue("planted")
    assert faults_of_figures(*walked, LANGUAGES) == []


def test_the_hours_ahead_are_whole(request: pytest.FixtureRequest) -> None:
    walked: tuple[Page, ServedTown] = request.getfixturevalue("page"), request.getfixturevalue("learned")
    assert faults_of_forecast(*walked, dict.fromkeys(LANGUAGES, (USUAL, WIDE, NARROW))) == []


def test_all_centres_are_whole(browser: Browser, centre: Centre) -> None:
    assert faults_of_all_centres(browser, centre, dict.fromkeys(LANGUAGES, WIDTHS)) == []
