"""How the devices of each centre are, for monitoring systems. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from queue_server.contract.devices import DeviceStatusView
from queue_server.domain.values import CentreId


def metrics(devices: Mapping[CentreId, Iterable[DeviceStatusView]]) -> tuple[Metric, ...]:
    """Count devices by state; of each kiosk say how many tickets the server does not have."""
    states = GaugeMetricFamily("queue_devices", "Devices by state", labels=("centre", "kind", "state"))
    waiting, refused = (
        GaugeMetricFamily(f"queue_kiosk_tickets_{name}", text, labels=("centre", "device"))
        for name, text in (
            ("waiting", "Tickets that are not at the server yet, by kiosk"),
            ("refused", "Tickets that the server never takes, by kiosk"),
        )
    )
    for centre, there in devices.items():
        shown = tuple(there)
        for (kind, state), number in Counter((one.kind, _state(one)) for one in shown).items():
            states.add_metric((centre, kind, state), number)
        for one in shown:
            if one.kind == "kiosk":
                waiting.add_metric((centre, one.id), one.waiting)
                refused.add_metric((centre, one.id), one.refused)
    return states, waiting, refused


def _state(device: DeviceStatusView) -> str:
    if device.machines:
        return "copied"
    return "late" if device.late else device.mode or "unknown"
