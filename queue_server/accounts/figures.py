"""How the devices of each centre are, for monitoring systems. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from queue_server.accounts.device_states import state_of
from queue_server.accounts.model import REPORTING
from queue_server.contract.devices import DeviceStatusView
from queue_server.domain.values import CentreId

#: Of each kind.
MAX_VERSIONS: Final = 8


def metrics(devices: Mapping[CentreId, Iterable[DeviceStatusView]]) -> tuple[Metric, ...]:
    """Count devices by state and by release; of each kiosk say how many tickets the server does not have."""
    states = GaugeMetricFamily("queue_devices", "Devices by state", labels=("centre", "kind", "state"))
    waiting, refused = (
        GaugeMetricFamily(f"queue_kiosk_tickets_{name}", text, labels=("centre", "device"))
        for name, text in (
            ("waiting", "Tickets that are not at the server yet, by kiosk"),
            ("refused", "Tickets that the server never takes, by kiosk"),
        )
    )
    versions = GaugeMetricFamily("queue_device_versions", "Devices by the release they run", labels=("kind", "version"))
    for (kind, version), number in _versions(one for there in devices.values() for one in there).items():
        versions.add_metric((kind, version), number)
    for centre, there in devices.items():
        shown = tuple(there)
        for (kind, state), number in Counter((one.kind, state_of(one)) for one in shown).items():
            states.add_metric((centre, kind, state), number)
        for one in shown:
            if one.kind == "kiosk":
                waiting.add_metric((centre, one.id), one.waiting)
                refused.add_metric((centre, one.id), one.refused)
    return states, waiting, refused, versions


def _versions(devices: Iterable[DeviceStatusView]) -> Counter[tuple[str, str]]:
    """Count devices that say how they are by kind and release.

    A device can say anything: of each kind the commonest releases are told apart, and the rest is ``other``.
    """
    counted = Counter((one.kind, one.version or "unknown") for one in devices if one.kind in REPORTING)
    shown: Counter[tuple[str, str]] = Counter()
    told: Counter[str] = Counter()
    for (kind, version), number in counted.most_common():
        told[kind] += 1
        shown[kind, version if told[kind] <= MAX_VERSIONS else "other"] += number
    return shown
