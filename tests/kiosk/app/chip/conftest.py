import pytest


@pytest.fixture(autouse=True)
def qt_application(qapp: object) -> None:
    assert qapp is not None


@pytest.fixture(autouse=True)
def slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the process that decodes a picture all the time that it wants."""
    monkeypatch.setattr("peripherals.documents.lds.portrait._SECONDS", 200.0)
