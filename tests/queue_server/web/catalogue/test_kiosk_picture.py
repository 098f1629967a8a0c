"""The picture of a kiosk names what kiosks are sent, in their languages, and nothing that nobody can come for."""

from datetime import UTC, datetime

from msgspec.structs import replace

from queue_server.catalogue import store, toml
from queue_server.catalogue.model import Stored
from queue_server.catalogue.views import services_answer
from queue_server.web.catalogue.kiosk_picture import kiosk_pictures

OFFERED = services_answer(Stored(toml.parse(store.demo_catalogues()[0]), 1), datetime(2026, 11, 30, 12, tzinfo=UTC))


def test_each_language_shows_each_group_with_its_services() -> None:
    drawn = kiosk_pictures(OFFERED, "en")
    assert [(one.language, one.label, one.rtl) for one in drawn] == [
        ("en", "English", False),
        ("fr", "French", False),
        ("ar", "Arabic", True),
    ]
    english, french, _ = drawn
    assert english.governments == ("Utopia", "Republic of Aldova", OFFERED.governments[2].name["en"])
    assert [one.icon for one in english.tiles] == [one.icon for one in french.tiles]
    passports = next(one for one in french.tiles if "Renouveler un passeport" in one.services)
    # Three governments give it, and it stands there once.
    assert passports.services.count("Renouveler un passeport") == 1


def test_a_group_without_a_service_and_a_language_without_a_script_are_no_trouble() -> None:
    kept = tuple(one for one in OFFERED.services if one.kind == "visa" and one.government == "UTO")
    centre = replace(OFFERED.centre, languages=("xx",))
    (drawn,) = kiosk_pictures(replace(OFFERED, services=kept, centre=centre), "en")
    assert drawn.governments == ("Utopia",)
    assert len(drawn.tiles) == 1
    assert (drawn.label, drawn.rtl, drawn.centre) == ("xx", False, "Demonstration Centre")
    many = tuple(replace(kept[0], name={"en": f"Visa {number}"}) for number in range(11))
    (drawn,) = kiosk_pictures(replace(OFFERED, services=many, centre=centre), "en")
    assert (len(drawn.tiles[0].services), drawn.tiles[0].more) == (8, 3)
