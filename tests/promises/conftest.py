"""The promises of the product, each with one strong and short witness in every run.

=============================================== ===============================================================
promise                                         witness
=============================================== ===============================================================
What was answered outlives a killed server      ``test_killed_server.py``, on both databases
One visit is called once, a place given once    ``test_two_servers.py``
A cut payment ends well, the money agrees       ``test_cut_payment.py``
A kiosk killed in mid-payment loses no money    ``test_killed_kiosk.py``
Tickets of an outage are merged, none is lost   ``test_outage.py``
No locker opens for the wrong person            ``test_cut_lockers.py``
A visit goes from the kiosk to its end          ``test_visit.py``
Judges of these tests see what they look for    ``judges/``
``verify`` finds a changed log                  ``tests/queue_server/eventlog/test_verify.py``
``verify`` finds a changed vault                ``tests/queue_server/vault/test_tampered.py``
A backup is whole and is restored               ``tests/queue_server/backup``
Stored events are readable for ever             ``tests/golden``
Nobody may do more than their role              ``tests/queue_server/accounts``
=============================================== ===============================================================

Longer ones with more kills, cuts, servers and protocols are in ``tests/faults`` and ``tests/journeys``.
"""

from tests.seeds import fixed_seed  # noqa: F401 - a fixture
