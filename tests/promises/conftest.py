"""The promises of the product, each with one strong and short witness in every run.

============================================ ====================================================
promise                                      witness
============================================ ====================================================
An answer leaves after its event is on disk  ``test_synced.py``
What was answered outlives a killed server   ``test_killed_server.py``, on both databases
A visit is called once, a place booked once  ``test_two_servers.py``, two servers of one database
A cut payment ends well, the money agrees    ``test_cut_payment.py``
A kiosk killed in mid-payment keeps no money ``test_killed_kiosk.py``
No locker opens for the wrong person         ``test_cut_lockers.py``
A visit goes from the kiosk to its end       ``test_visit.py``
Tickets of an outage are all called, once    ``test_visit.py``
Nothing is said that a kiosk cannot know     ``test_booth_table.py``
The judges of these tests see what is wrong  ``judges/``
``verify`` finds a changed log               ``tests/queue_server/eventlog/test_verify.py``
Changed rows and keys of people are found    ``tests/queue_server/vault/test_tampered.py``
A backup under load is whole, and restored   ``tests/queue_server/backup/test_under_load.py``
Stored events can be read for ever           ``tests/golden``
Nobody may do more than their role           ``tests/queue_server/accounts``
============================================ ====================================================

Longer tests with more kills, cuts, servers and protocols are in ``tests/faults`` and ``tests/journeys``.
"""

from tests.seeds import fixed_seed  # noqa: F401 - a fixture
