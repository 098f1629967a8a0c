import stat
from pathlib import Path

import pytest

from kiosk.devices.opening import Devices
from kiosk.errors import DataError, KioskError, SettingError
from kiosk.journey.events import FailureCode
from kiosk.journey.surroundings import Timing
from kiosk.settings import DeviceAddresses, KioskSettings, load
from kiosk.store.data import Addresses, DataFolder
from kiosk.store.identity import KioskIdentity
from queue_server.contract.devices import EnrolAnswer, SeriesState
from queue_server.domain.values import CentreId, DeviceId
from tests.kiosk.app.centre import TICKET_KEY

DOCUMENT = Path(__file__).parents[3] / "docs" / "failure-codes.md"


def test_the_defaults_are_those_of_the_design() -> None:
    assert KioskSettings().timing == Timing(60, 120, 20, 30, 300)


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[journey]\nidle_s = 90\n[devices]\nprinter = "escpos+tcp://10.0.0.7:9100"\n')
    settings = load(file)
    assert settings.journey.idle_s == 90
    assert settings.devices.printer == "escpos+tcp://10.0.0.7:9100"
    assert settings.link == KioskSettings().link


@pytest.mark.parametrize(
    ("text", "section", "key"),
    [
        ("[journey]\nidle_s = 0\n", "journey", "idle_s"),
        ("[journey]\nidle_s = 4000\n", "journey", "idle_s"),
        ('[link]\nrequest_s = "soon"\n', "link", "request_s"),
        ("[link]\nrequets_s = 3\n", "link", "requets_s"),
        ("[lnik]\nrequest_s = 3\n", "lnik", ""),
        ("no toml", "", "kiosk.toml"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, section: str, key: str) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(text)
    with pytest.raises(SettingError) as caught:
        load(file)
    assert (caught.value.placeholders["section"], caught.value.placeholders["key"]) == (section, key)


def identity() -> KioskIdentity:
    answer = EnrolAnswer(
        token="made-up-token",
        device=DeviceId("kiosk-3"),
        kind="kiosk",
        name="Kiosk 3",
        centre=CentreId("demo"),
        series=SeriesState("B", 1, 999),
        ticket_key=TICKET_KEY,
    )
    return KioskIdentity.of("http://127.0.0.1:8080/", answer)


def test_what_is_kept_is_found_again_and_is_nobody_elses(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    assert folder.identity() is None
    assert folder.catalogue() is None
    folder.store_identity(identity())
    assert DataFolder(tmp_path / "data").identity() == identity()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "data" / "device.json").stat().st_mode) == 0o600


def test_without_an_address_of_its_own_a_ticket_leads_to_the_server() -> None:
    address = identity().ticket_address("01a2103b-e41e-7a65-8a58-3380f3f8e7d5")
    assert address.startswith("http://127.0.0.1:8080/t/")
    assert len(address.rpartition("/")[2]) == 43


@pytest.mark.parametrize("left", [b"", b"{", b'{"server":"\xff"}', b'{"more":' + b"[" * 40_000])
def test_a_damaged_file_is_put_aside(tmp_path: Path, left: bytes) -> None:
    folder = DataFolder(tmp_path)
    (tmp_path / "catalogue.json").write_bytes(left)
    assert folder.catalogue() is None
    assert not (tmp_path / "catalogue.json").exists()
    assert [aside.read_bytes() for aside in tmp_path.glob("catalogue.json.damaged-*")] == [left]


def test_an_enrolment_code_of_another_kind_is_refused() -> None:
    answer = EnrolAnswer("token", DeviceId("d"), "screen", "Board", CentreId("demo"))
    with pytest.raises(DataError):
        KioskIdentity.of("http://127.0.0.1", answer)


def test_a_folder_belongs_to_one_kiosk_at_a_time(tmp_path: Path) -> None:
    DataFolder(tmp_path).lock()
    with pytest.raises(DataError):
        DataFolder(tmp_path).lock()


def test_what_a_technician_set_goes_before_everything(tmp_path: Path) -> None:
    devices = DeviceAddresses(printer="escpos+tcp://10.0.0.7", reader="mrz+tcp://10.0.0.8:1", scanner="")
    folder = DataFolder(tmp_path)
    assert folder.addresses().over(devices) == devices
    folder.store_addresses(Addresses(printer="escpos+tcp://10.0.0.9", reader=""))
    assert folder.addresses().over(devices) == DeviceAddresses(printer="escpos+tcp://10.0.0.9", reader="", scanner="")


def test_an_address_of_another_kind_of_device_is_refused() -> None:
    with pytest.raises(SettingError) as caught:
        Devices.open(DeviceAddresses(printer="scanner+serial:///dev/ttyACM0"))
    assert caught.value.placeholders["key"] == "printer"


def codes_of(error: type[KioskError]) -> set[str]:
    return {error.code}.union(*(codes_of(one) for one in error.__subclasses__()))


def test_every_failure_is_explained() -> None:
    section = DOCUMENT.read_text(encoding="utf-8").partition("\n## Kiosk\n")[2].partition("\n## ")[0]
    told = {line.split("`")[1] for line in section.splitlines() if line.startswith("| `")}
    assert told == codes_of(KioskError) | set(FailureCode)
