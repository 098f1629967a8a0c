"""Whatever people, locks, sensors, lines and cuts do, in any order: judged by what the locks really got.

The judge looks at the cabinet and at the orders that were given; it shares no code with what decides.
"""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from peripherals.device import HealthAnswer
from peripherals.lockers.agent import decide
from peripherals.lockers.agent.events import Event, PulseIntended
from peripherals.lockers.agent.evolve import replay
from peripherals.lockers.agent.model import Bank, OpeningTimes
from peripherals.lockers.cabinet import Cabinet, Place
from peripherals.lockers.port import Compartment, CompartmentStatus, DoorState, ItemSensor
from queue_server.contract.lockers import LockerOrder
from queue_server.domain.lockers import CompartmentState, LockerVerb, OrderRefusal
from tests.peripherals.lockers.orders import BANK, ITEM, order
from tests.peripherals.lockers.states import state_of

NAMES = ("A1", "A2", "A3")
PLACES: dict[str, Place] = {name: (1, at) for at, name in enumerate(NAMES, 1)}
TIMES = OpeningTimes()
EPOCH = 1_800_000_000.0
names = st.sampled_from(NAMES)


@dataclass
class Judged:
    """An order that was accepted, and the pulses that followed from it."""

    order: LockerOrder
    pulses: list[str] = field(default_factory=list)


class Lockers(RuleBasedStateMachine):
    sees_items = True

    @initialize()
    def begin(self) -> None:
        self.now = 1000.0
        self.cabinet = Cabinet(1, len(NAMES), clock=lambda: self.now)
        self.compartments = {name: Compartment(name, sees_items=self.sees_items) for name in NAMES}
        self.bank = Bank()
        self.journal: list[Event] = []
        self.line = True
        self.pending: str | None = None
        #: Whether a pulse that is called back has left before.
        self.leaving = False
        self.given: list[LockerOrder] = []
        self.judged: list[Judged] = []
        self.restarted = True
        #: Whose item really lies where.
        self.inside: dict[str, str] = {}
        self.items = 0
        for name in NAMES:
            self.give(order("settle", name, at=self.clock))

    # The agent.

    @property
    def clock(self) -> float:
        return EPOCH + self.now

    def sensed(self) -> dict[str, CompartmentStatus]:
        if not (self.line and self.cabinet.powered):
            return {name: CompartmentStatus(name) for name in NAMES}
        found = {}
        for name in NAMES:
            cell = self.cabinet[PLACES[name]]
            door = DoorState.OPEN if cell.senses_open else DoorState.SHUT
            item = (
                (ItemSensor.PRESENT if cell.senses_item else ItemSensor.ABSENT)
                if self.sees_items
                else ItemSensor.UNKNOWN
            )
            found[name] = CompartmentStatus(name, door, item)
        return found

    def commit(self, events: list[Event]) -> bool:
        self.journal += events
        self.bank = replay(self.bank, events)
        for event in events:
            if isinstance(event, PulseIntended):
                assert self.pending is None, "a pulse while another one is under way"
                self.pending = event.compartment
        self.stop()
        return bool(events)

    def stop(self) -> None:
        """Call a pulse back whose opening has ended: one that is leaving already does."""
        opening = self.bank.opening
        if self.pending is not None and (opening is None or opening.compartment != self.pending):
            name, self.pending = self.pending, None
            if self.leaving:
                self.cabinet.pulse(PLACES[name], 0.5)

    def look(self) -> None:
        opening, visible = self.bank.opening, self.line and self.cabinet.powered
        strange = [
            name
            for name in NAMES
            if visible and self.honest(name) and self.cabinet[PLACES[name]].is_open
            if self.bank.cell(name).blocked is None and not (opening and opening.compartment == name)
        ]
        while self.commit(list(decide.observe(self.bank, self.compartments, self.sensed(), TIMES, self.now))):
            pass
        if strange and opening is not None:
            assert self.bank.opening is None, "it goes on while another door has opened"
            assert self.bank.cell(opening.compartment).blocked is not None

    def give(self, given: LockerOrder, clock: float | None = None) -> None:
        self.given.append(given)
        self.look()
        busy = self.bank.opening
        blocked = self.state(given.compartment) is CompartmentState.BLOCKED
        found = decide.accept(
            self.bank,
            given,
            BANK,
            self.compartments,
            self.sensed(),
            TIMES,
            clock=self.clock if clock is None else clock,
            now=self.now,
        )
        if isinstance(found, OrderRefusal):
            return
        assert given.bank == BANK
        assert given.id not in [one.order.id for one in self.judged], "used twice"
        assert given.expires_at.timestamp() > (self.clock if clock is None else clock)
        assert not blocked or given.verb in {LockerVerb.INSPECT, LockerVerb.SETTLE}
        opens = any(isinstance(event, PulseIntended) for event in found)
        assert not (opens and busy), "two doors"
        self.judged.append(Judged(given))
        self.restarted = False
        self.commit(list(found))

    def state(self, name: str) -> CompartmentState:
        return state_of(self.bank, name, self.sensed())

    def pulse(self, name: str) -> None:
        assert not self.restarted, "a pulse by itself after a start"
        one = next(one for one in reversed(self.judged) if one.order.verb is not LockerVerb.SETTLE)
        assert one.order.compartment == name, "another door than was ordered"
        one.pulses.append(name)
        assert len(one.pulses) <= 3
        if one.order.verb is LockerVerb.COLLECT and len(one.pulses) == 1 and self.honest(name):
            # Without a sensor a compartment may be empty that staff have said to be loaded.
            nothing = set() if self.sees_items else {None}
            assert self.inside.get(name) in {one.order.item} | nothing, "a door for the wrong person"
        self.cabinet.pulse(PLACES[name], 0.5)

    def honest(self, name: str) -> bool:
        cell = self.cabinet[PLACES[name]]
        return cell.door_stuck is None and cell.item_stuck is None

    # What happens.

    @rule(verb=st.sampled_from(LockerVerb), name=names, mine=st.booleans(), new=st.booleans())
    def ordered(self, verb: LockerVerb, name: str, mine: bool, new: bool) -> None:
        self.items += 1
        fresh = f"018f0000-0000-7000-8000-{self.items:012d}"
        item: str | None = fresh if new else self.bank.cell(name).item if mine else ITEM
        if verb is LockerVerb.SETTLE:
            # Staff have looked, and say what is really in it.
            item = self.inside.get(name)
        self.give(order(verb, name, item, at=self.clock))

    @rule(at=st.integers(0, 200), later=st.floats(0, 400))
    def replayed(self, at: int, later: float) -> None:
        if self.given:
            self.now += later
            self.give(self.given[at % len(self.given)])

    @rule(name=names, back=st.floats(10, 10_000))
    def ordered_by_a_clock_that_was_set_back(self, name: str, back: float) -> None:
        before = len(self.judged)
        self.give(order("inspect", name, at=self.clock), self.clock - back)
        assert len(self.judged) == before

    @precondition(lambda self: self.pending is not None)
    @rule(answer=st.sampled_from([*HealthAnswer, None]))
    def pulse_leaves(self, answer: HealthAnswer | None) -> None:
        assert self.pending is not None
        name, self.pending = self.pending, None
        if answer is not None:
            self.pulse(name)
        self.commit(list(decide.pulsed(self.bank, answer, self.now)))
        self.look()

    @precondition(lambda self: self.pending is not None)
    @rule(answer=st.sampled_from([*HealthAnswer]), times=st.integers(1, 5))
    def pulses_leave_and_nobody_comes(self, answer: HealthAnswer, times: int) -> None:
        for _ in range(times):
            if self.pending is not None:
                self.pulse_leaves(answer)
            self.time_goes_on(2.1)

    @rule(name=names, puts=st.booleans())
    def an_item_is_loaded(self, name: str, puts: bool) -> None:
        self.ordered(LockerVerb.LOAD, name, mine=False, new=True)
        self.opened_and_shut(name, changes=puts)

    @rule(name=names, takes=st.booleans(), mine=st.booleans())
    def an_item_is_collected(self, name: str, takes: bool, mine: bool) -> None:
        self.ordered(LockerVerb.COLLECT, name, mine=mine, new=False)
        self.opened_and_shut(name, changes=takes)

    @rule(name=names, takes=st.booleans())
    def an_item_goes_the_whole_way(self, name: str, takes: bool) -> None:
        self.an_item_is_loaded(name, puts=True)
        self.an_item_is_collected(name, takes=takes, mine=True)

    def opened_and_shut(self, name: str, *, changes: bool) -> None:
        if self.pending is not None:
            self.pulse_leaves(HealthAnswer.YES)
        if changes:
            self.a_person_reaches_into_an_open_compartment(name)
        self.a_person_shuts_a_door(name)
        self.time_goes_on(0.6)

    @rule(seconds=st.sampled_from([0.1, 0.6, 2.1, 16.0, 61.0, 301.0]))
    def time_goes_on(self, seconds: float) -> None:
        self.now += seconds
        self.look()

    @rule(leaving=st.booleans())
    def the_line_is_busy(self, leaving: bool) -> None:
        self.leaving = leaving

    @rule(name=names)
    def a_person_shuts_a_door(self, name: str) -> None:
        self.cabinet.close(PLACES[name])
        self.look()

    @rule(name=names)
    def a_person_reaches_into_an_open_compartment(self, name: str) -> None:
        opening = self.bank.opening
        if not self.cabinet[PLACES[name]].is_open:
            return
        if name in self.inside:
            del self.inside[name]
            self.cabinet.take(PLACES[name])
        elif opening is not None and opening.compartment == name and opening.verb is LockerVerb.LOAD:
            assert opening.item is not None
            self.inside[name] = opening.item
            self.cabinet.put(PLACES[name])
        self.look()

    @rule(name=names)
    def somebody_pries_a_door(self, name: str) -> None:
        self.cabinet.pry(PLACES[name])
        self.look()

    @rule(name=names, jammed=st.booleans())
    def a_lock_jams(self, name: str, jammed: bool) -> None:
        self.cabinet[PLACES[name]].jammed = jammed

    @rule(name=names, door=st.sampled_from([True, False, None]))
    def a_sensor_sticks(self, name: str, door: bool | None) -> None:
        self.cabinet[PLACES[name]].door_stuck = door
        self.look()

    @rule(name=names, other=names)
    def a_lock_is_wired_wrongly(self, name: str, other: str) -> None:
        self.cabinet[PLACES[name]].crossed = PLACES[other] if other != name else None

    @rule(line=st.booleans(), power=st.booleans())
    def line_and_power(self, line: bool, power: bool) -> None:
        self.line = line
        self.cabinet.power(on=power)
        self.look()

    @rule()
    def the_agent_is_killed(self) -> None:
        """Begin again from the journal; what was under way has left, or never will."""
        if self.pending is not None and self.leaving:
            self.cabinet.pulse(PLACES[self.pending], 0.5)
        self.pending = None
        self.restarted = True
        self.bank = replay(Bank(), self.journal)
        self.commit(list(decide.start(self.bank)))
        self.look()

    # What always holds.

    @invariant()
    def nothing_is_believed_that_is_not_so(self) -> None:
        sensed = self.sensed()
        for name in NAMES:
            if not self.honest(name) or (self.bank.opening and self.bank.opening.compartment == name):
                continue
            state = state_of(self.bank, name, sensed)
            if state is CompartmentState.FREE:
                assert name not in self.inside, "an item that nobody knows of"
            if state is CompartmentState.OCCUPIED and self.sees_items:
                assert self.inside.get(name) == self.bank.cell(name).item

    @invariant()
    def an_open_door_is_commanded_or_left_to_staff(self) -> None:
        for name in NAMES:
            if self.cabinet[PLACES[name]].is_open and self.honest(name) and self.line and self.cabinet.powered:
                ours = self.bank.opening is not None and self.bank.opening.compartment == name
                assert ours or state_of(self.bank, name, self.sensed()) is CompartmentState.BLOCKED


class LockersWithoutSensors(Lockers):
    sees_items = False


TestLockers = Lockers.TestCase
TestLockersWithoutSensors = LockersWithoutSensors.TestCase
TestLockers.settings = TestLockersWithoutSensors.settings = settings(
    max_examples=200, stateful_step_count=40, deadline=None
)
