"""All that the manager page looks at: the day and its set-up, the devices, the counters' staff, and the limits."""

from collections.abc import Mapping
from types import MappingProxyType

from queue_server.accounts.presence import Presence
from queue_server.centre.views import Facts
from queue_server.conditions import Condition
from queue_server.contract.device_commands import DeviceCommandView
from queue_server.contract.devices import DeviceStatusView
from queue_server.domain.values import CounterId, CounterState, Micros, ServiceId, StaffId, StepId
from queue_server.early_warnings.assignments import AlarmAssignment
from queue_server.early_warnings.model import Episode
from queue_server.framework.parts import RoomAlarm
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import Counter, DayState
from queue_server.web.manager.alarms import AlarmLimits
from queue_server.web.rules import PageRules
from queue_server.web.today.usual import SameDays
from queue_server.web.view_context import PageReader, StaffView
from queue_server.web.warnings.taking import WhoTakes


class ManagerView(StaffView):
    """``devices`` as they last said they are, ``presence`` of staff at the counters, ``conditions`` of this server.

    ``brought`` are the alarms of rooms. ``episodes`` are the warnings that last, by their names, and
    ``assignments`` other alarms that somebody sees to; ``usual`` are days like this one, ``booked`` is how many parties
    have booked each service for today and have not come, and ``me`` reads.
    """

    def __init__(
        self,
        state: DayState,
        known: Facts,
        settings: CentreSettings,
        *,
        devices: tuple[DeviceStatusView, ...],
        commands: tuple[DeviceCommandView, ...] = (),
        presence: Presence,
        conditions: tuple[Condition, ...] = (),
        limits: AlarmLimits,
        reader: PageReader,
        now: Micros,
        brought: tuple[RoomAlarm, ...] = (),
        episodes: Mapping[str, Episode] = MappingProxyType({}),
        assignments: Mapping[str, AlarmAssignment] = MappingProxyType({}),
        usual: SameDays = MappingProxyType({}),
        booked: Mapping[ServiceId, int] = MappingProxyType({}),
        me: StaffId | None = None,
        rules: PageRules = PageRules(),  # noqa: B008 - frozen
    ) -> None:
        super().__init__(state, known, settings, reader=reader, now=now, rules=rules)
        self.commands = commands
        self.devices, self.presence, self.limits = devices, presence, limits
        self.conditions, self.brought = conditions, brought
        self.api = f"/api/v1/centres/{state.centre}"
        self.episodes, self.assignments, self.usual, self.booked = episodes, assignments, usual, booked
        self.who_takes = WhoTakes(self.words, self.clock, self.api, me, presence.names)

    @property
    def counters(self) -> tuple[Counter, ...]:
        """Every counter that is set up, in its order, then any that was set up when the day began."""
        ids = (*self.known.plates, *(one for one in self.state.counters if one not in self.known.plates))
        return tuple(self.counter(one) for one in ids)

    def counter(self, counter: CounterId) -> Counter:
        """Give a counter as it stands: with the skills of its set-up while it is closed."""
        own = self.settings.counters.get(counter)
        skills = Skills() if own is None else own.skills
        there = self.state.counters.get(counter)
        if there is None or (there.state is CounterState.CLOSED and own is not None):
            since = Micros(0) if there is None else there.since
            return Counter(counter, CounterState.CLOSED, since, skills=skills)
        return there

    def at_step(self, step: StepId) -> tuple[Counter, ...]:
        """List the counters that can take a step."""
        return tuple(one for one in self.counters if not one.skills.steps or step in one.skills.steps)

    @property
    def all_steps(self) -> tuple[StepId, ...]:
        """List the steps of the set-up in their order, then any other at which somebody waits."""
        waiting = (self.state.visits[visit].step for _, visit in self.state.waiting)
        more = dict.fromkeys(plan.step for plan in waiting if plan.step not in self.known.steps)
        return (*self.known.steps, *more)

    def who(self, counter: Counter) -> str:
        """Name who is at a counter: signed in there, else who opened it; "" where that is not known."""
        staff = self.presence.signed_in.get(counter.id, counter.staff)
        return "" if staff is None else self.presence.names.get(staff, "")

    def device(self, device: str) -> DeviceStatusView | None:
        return next((one for one in self.devices if one.id == device), None)
