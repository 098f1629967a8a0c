"""Every alarm of ``alerts.yml`` at the ends of what its metrics can be: promtool says whether it is raised."""

import re
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from tests.queue_server.web.organisation.test_dashboards import ALERTS, bucket, run_rules

pytestmark = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool is not installed: installer/setup tests"
)

#: Later than any certificate's end, in seconds of Unix time.
NEVER: Final = "9e9x120"
WAIT: Final = 'queue_centre_waiting{centre="a",instance="i"}'
OPEN: Final = 'queue_centre_counters{centre="a",instance="i",state="open"}'
AWAY: Final = 'queue_centre_devices_away{centre="a",instance="i"}'
DOORS: Final = 'queue_centre_open{centre="a",instance="i"}'
FAILED: Final = 'queue_answers_total{instance="i",route="/api",status="503"}'
ANSWERED: Final = 'queue_answers_total{instance="i",route="/api",status="200"}'
type Series = dict[str, str]


def one(name: str, *labels: str) -> str:
    return f"{name}{{{','.join(('instance="i"', *labels))}}}"


#: Series of two hours, a sample a minute, with which an alarm is raised, and with which it is not.
CASES: Final[dict[str, tuple[list[Series], list[Series]]]] = {
    "QueueServerAway": ([{one("up", 'job="queue-server"'): "0x120"}], [{one("up", 'job="queue-server"'): "1x120"}]),
    "CentreCannotServe": (
        [{one("queue_centre_ready", 'centre="a"'): "0x120"}],
        # One of two servers is enough.
        [
            {
                'queue_centre_ready{centre="a",instance="i"}': "0x120",
                'queue_centre_ready{centre="a",instance="j"}': "1x120",
            }
        ],
    ),
    "HelpNotAnswered": (
        [{one("queue_centre_alarms", 'centre="a"', 'kind="help"'): value} for value in ("1x120", "1e9x120")],
        [{one("queue_centre_alarms", 'centre="a"', 'kind="help"'): "0x120"}],
    ),
    "NobodyServes": (
        [{one("queue_centre_alarms", 'centre="a"', 'kind="unserved"'): value} for value in ("1x120", "1e9x120")],
        [{one("queue_centre_alarms", 'centre="a"', 'kind="unserved"'): "0x120"}],
    ),
    "NoCounterOpen": (
        [{WAIT: value, OPEN: "0x120"} for value in ("1x120", "1e9x120")],
        [{WAIT: "0x120", OPEN: "0x120"}, {WAIT: "1e9x120", OPEN: "1x120"}],
    ),
    "PromisesBroken": (
        [{one("queue_centre_overdue", 'centre="a"'): value} for value in ("5x120", "1e9x120")],
        [{one("queue_centre_overdue", 'centre="a"'): value} for value in ("0x120", "4x120")],
    ),
    "DevicesAway": (
        [{AWAY: value, DOORS: "1x120"} for value in ("1x120", "1e9x120")],
        [{AWAY: "0x120", DOORS: "1x120"}, {AWAY: "1e9x120", DOORS: "0x120"}],
    ),
    "MoneyNeedsSomebody": (
        [{one("queue_payment_alarms", 'centre="a"', 'kind="differs"'): value} for value in ("1x120", "1e9x120")],
        [{one("queue_payment_alarms", 'centre="a"', 'kind="differs"'): "0x120"}],
    ),
    "ServerNotReady": ([{one("queue_ready"): "0x120"}], [{one("queue_ready"): "1x120"}]),
    "MachineAils": (
        # A full disk, a clock that was set back, a list of trust with nobody in it.
        [{one("queue_condition", 'code="disk-low"'): value} for value in ("0x120", "64873x120", "-3600x120")],
        # What is over is shown no more.
        [{}, {one("queue_condition", 'code="disk-low"'): "0x60"}],
    ),
    "WorkStalled": (
        [{one("queue_task_stalled_seconds", 'task="t"'): value} for value in ("301x120", "1e9x120")],
        [{one("queue_task_stalled_seconds", 'task="t"'): value} for value in ("0x120", "300x120")],
    ),
    "ServerErrors": (
        # Many failures among many answers; and one a minute that is every answer of a quiet server.
        [{FAILED: "0+7x120", ANSWERED: "0+6000x120"}, {FAILED: "0+1x120"}, {FAILED: "0+1x120", ANSWERED: "0+4x120"}],
        [{ANSWERED: "0+6000x120"}, {FAILED: "0x120", ANSWERED: "0x120"}, {FAILED: "0+5x120", ANSWERED: "0+6000x120"}],
    ),
    "TicketsHeld": (
        [{one("queue_kiosk_tickets_waiting", 'centre="a"', 'device="k"'): value} for value in ("1x120", "1e9x120")],
        [{one("queue_kiosk_tickets_waiting", 'centre="a"', 'device="k"'): "0x120"}],
    ),
    "TicketsRefused": (
        [{one("queue_kiosk_tickets_refused", 'centre="a"', 'device="k"'): value} for value in ("1x120", "1e9x120")],
        [{one("queue_kiosk_tickets_refused", 'centre="a"', 'device="k"'): "0x120"}],
    ),
    "SlowAnswers": (
        # All of them take longer than the last bucket tells.
        [{bucket("1.0"): "0x120", bucket("5.0"): "0x120", bucket("+Inf"): "0+60x120"}],
        # Nothing is answered, and everything at once.
        [{bucket("1.0"): "0x120", bucket("+Inf"): "0x120"}, {bucket("1.0"): "0+60x120", bucket("+Inf"): "0+60x120"}],
    ),
    "CertificateEnds": (
        [{one("queue_certificate_end_timestamp_seconds"): value} for value in ("0x120", "-1e9x120")],
        [{}, {one("queue_certificate_end_timestamp_seconds"): NEVER}],
    ),
    "AuthorityEnds": (
        [{one("queue_authority_end_timestamp_seconds"): value} for value in ("0x120", "-1e9x120")],
        [{}, {one("queue_authority_end_timestamp_seconds"): NEVER}],
    ),
}


def test_every_alarm_is_tried() -> None:
    assert list(CASES) == re.findall(r"- alert: (\w+)", ALERTS.read_text())


def test_alarms_are_raised_at_the_ends_of_their_metrics(tmp_path: Path) -> None:
    run_rules(
        tmp_path,
        *(
            judged(name, series, is_raised=is_raised)
            for name, both in CASES.items()
            for is_raised, found in zip((True, False), both, strict=True)
            for series in found
        ),
    )


def judged(name: str, series: Series, *, is_raised: bool) -> dict[str, Any]:
    """Make the test that an alarm is raised once, or not at all, after an hour and a half."""
    test = {
        "expr": f'count(ALERTS{{alertname="{name}",alertstate="firing"}}) or vector(0)',
        "eval_time": "90m",
        "exp_samples": [{"labels": "{}", "value": int(is_raised)}],
    }
    given = [{"series": labels, "values": values} for labels, values in series.items()]
    return {"name": f"{name}: {series}", "interval": "1m", "input_series": given, "promql_expr_test": [test]}
