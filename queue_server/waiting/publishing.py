"""Looks ahead again and again, so that boards and pages have it at once and no call waits for it."""

from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.waiting.rounding import waits_answer
from queue_server.waiting.waiting_times import WaitingTimes


class Publishing:
    """``task`` tells the boards of every centre how long its steps take to be reached."""

    def __init__(self, centres: Centres, times: WaitingTimes, show_s: float) -> None:
        self._centres = centres
        self._times = times
        self.task = Periodic("waits", show_s, self.publish, at_once=True)

    async def publish(self) -> None:
        """Look ahead for each centre, once."""
        for centre in tuple(self._centres.values()):
            await self._publish(centre)

    async def _publish(self, centre: Centre) -> None:
        outlook = await self._times.outlook(centre)
        known = waits_answer(outlook, centre.state.at).steps
        centre.know_waits({step: wait for step, wait in known.items() if not wait.not_before_closing})
