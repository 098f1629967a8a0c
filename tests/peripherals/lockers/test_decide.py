"""What is done with a bank, step by step: orders, doors, items, time, and what nobody commanded."""

from collections.abc import Iterable

import pytest

from peripherals.device import HealthAnswer
from peripherals.lockers.agent import decide
from peripherals.lockers.agent.events import (
    AlarmRaised,
    Blocked,
    ContentsSet,
    DoorClosed,
    Event,
    OrderUsed,
    PulseIntended,
    PulseNotSent,
    Reminded,
)
from peripherals.lockers.agent.evolve import evolve, replay
from peripherals.lockers.agent.model import Bank, OpeningStage, OpeningTimes
from peripherals.lockers.port import Compartment, CompartmentStatus, DoorState, ItemSensor
from queue_server.contract.lockers import LockerOrder
from queue_server.domain.lockers import (
    BlockReason,
    CompartmentState,
    Contents,
    LockerAlarmKind,
    LockerVerb,
    OrderRefusal,
)
from tests.peripherals.lockers.orders import BANK, ITEM, OTHER_ITEM, order
from tests.peripherals.lockers.states import state_of

NAMES = ("A1", "A2", "A3")
TIMES = OpeningTimes()
EPOCH = 1_800_000_000.0


class Scene:
    """A bank, what is sensed of it, and a clock of the test."""

    def __init__(self, *, sees_items: bool = True) -> None:
        self.compartments = {name: Compartment(name, sees_items=sees_items) for name in NAMES}
        item = ItemSensor.ABSENT if sees_items else ItemSensor.UNKNOWN
        self.sensed = {name: CompartmentStatus(name, DoorState.SHUT, item) for name in NAMES}
        self.bank = Bank()
        self.now = 100.0
        self.events: list[Event] = []
        for name in NAMES:
            self.carry_out("settle", name)
        self.events.clear()

    def carry_out(self, verb: str, name: str, item: str | None = None) -> OrderRefusal | None:
        return self.take(order(verb, name, item, at=EPOCH + self.now))

    def take(self, given: LockerOrder, clock: float | None = None) -> OrderRefusal | None:
        found = decide.accept(
            self.bank,
            given,
            BANK,
            self.compartments,
            self.sensed,
            TIMES,
            clock=EPOCH + self.now if clock is None else clock,
            now=self.now,
        )
        if isinstance(found, OrderRefusal):
            return found
        self.add(found)
        return None

    def add(self, events: Iterable[Event]) -> list[Event]:
        added = list(events)
        self.bank = replay(self.bank, added)
        self.events += added
        return added

    def pulsed(self, answer: HealthAnswer | None = HealthAnswer.YES) -> list[Event]:
        return self.add(decide.pulsed(self.bank, answer, self.now))

    def sense(self, name: str = "", door: DoorState | None = None, item: ItemSensor | None = None) -> list[Event]:
        if name:
            before = self.sensed[name]
            self.sensed[name] = CompartmentStatus(name, door or before.door, item or before.item)
        found: list[Event] = []
        while events := self.add(decide.observe(self.bank, self.compartments, self.sensed, TIMES, self.now)):
            found += events
        return found

    def wait(self, seconds: float) -> list[Event]:
        self.now += seconds
        return self.sense()

    def state(self, name: str) -> CompartmentState:
        return state_of(self.bank, name, self.sensed)

    def opened(self, verb: str, name: str, item: str | None = None) -> None:
        assert self.carry_out(verb, name, item) is None
        self.pulsed()
        self.sense(name, DoorState.OPEN)
        assert self.bank.opening is not None
        assert self.bank.opening.stage is OpeningStage.OPEN

    def shut(self, name: str, item: ItemSensor | None = None) -> list[Event]:
        self.sense(name, DoorState.SHUT, item)
        return self.wait(TIMES.closed_s)

    def loaded(self, name: str, item: str = ITEM) -> None:
        self.opened("load", name, item)
        self.shut(name, ItemSensor.PRESENT if self.compartments[name].sees_items else None)
        assert self.state(name) is CompartmentState.OCCUPIED


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_an_item_goes_in_and_out_again(scene: Scene) -> None:
    scene.loaded("A1")
    scene.opened("collect", "A1", ITEM)
    assert scene.state("A1") is CompartmentState.OPEN
    assert scene.shut("A1", ItemSensor.ABSENT) == [DoorClosed("A1", ItemSensor.ABSENT, Contents.EMPTY, None)]
    assert scene.state("A1") is CompartmentState.FREE
    assert scene.bank.opening is None


def test_the_intent_comes_first_and_names_its_order(scene: Scene) -> None:
    given = order("load", "A1", ITEM, at=EPOCH + scene.now)
    assert scene.take(given) is None
    used, intended = scene.events
    assert isinstance(used, OrderUsed)
    assert (used.order, used.claim, used.item) == (given.id, given.claim, ITEM)
    assert intended == PulseIntended("A1", 1, scene.now)


def test_nothing_in_it_when_it_is_shut_after_loading(scene: Scene) -> None:
    scene.opened("load", "A1", ITEM)
    scene.shut("A1", ItemSensor.ABSENT)
    assert scene.state("A1") is CompartmentState.FREE


def test_the_item_is_still_inside(scene: Scene) -> None:
    scene.loaded("A1")
    scene.opened("collect", "A1", ITEM)
    assert scene.shut("A1", ItemSensor.PRESENT) == [DoorClosed("A1", ItemSensor.PRESENT, Contents.ITEM, ITEM)]
    assert scene.state("A1") is CompartmentState.OCCUPIED


def test_without_a_sensor_nobody_knows_what_was_taken_until_somebody_says_so() -> None:
    scene = Scene(sees_items=False)
    scene.loaded("A1")
    scene.opened("collect", "A1", ITEM)
    assert scene.shut("A1") == [DoorClosed("A1", ItemSensor.UNKNOWN, Contents.UNKNOWN, ITEM)]
    assert scene.state("A1") is CompartmentState.UNKNOWN
    assert scene.carry_out("collect", "A1", ITEM) is OrderRefusal.NOT_USABLE
    assert scene.carry_out("settle", "A1") is None
    assert scene.state("A1") is CompartmentState.FREE


def test_a_door_that_stays_shut_is_pulsed_twice_more_and_then_left_to_staff(scene: Scene) -> None:
    scene.carry_out("load", "A1", ITEM)
    for attempt in (2, 3):
        assert scene.pulsed() != []
        assert scene.wait(TIMES.open_s - 0.1) == []
        assert scene.wait(0.1) == [PulseIntended("A1", attempt, scene.now)]
    scene.pulsed()
    alarm, blocked = scene.wait(TIMES.open_s)
    assert (alarm, blocked) == (AlarmRaised("A1", LockerAlarmKind.NOT_OPENED), Blocked("A1", BlockReason.NOT_OPENED))
    assert scene.state("A1") is CompartmentState.BLOCKED
    assert scene.wait(600) == []


def test_a_door_of_which_nothing_is_known_is_not_pulsed_again(scene: Scene) -> None:
    scene.carry_out("load", "A1", ITEM)
    scene.pulsed()
    scene.sense("A1", DoorState.UNKNOWN)
    assert scene.wait(TIMES.open_s)[-1] == Blocked("A1", BlockReason.NOT_SENSED)


def test_what_surely_was_not_sent_changes_nothing(scene: Scene) -> None:
    scene.carry_out("load", "A1", ITEM)
    assert scene.pulsed(None) == [PulseNotSent("A1")]
    assert scene.state("A1") is CompartmentState.FREE
    scene.loaded("A1")


def test_the_line_is_lost_before_a_second_pulse(scene: Scene) -> None:
    scene.carry_out("load", "A1", ITEM)
    scene.pulsed()
    scene.wait(TIMES.open_s)
    assert scene.pulsed(None)[-1] == Blocked("A1", BlockReason.NOT_SENSED)


def test_a_door_may_open_before_the_board_answers(scene: Scene) -> None:
    scene.carry_out("load", "A1", ITEM)
    scene.sense("A1", DoorState.OPEN)
    scene.pulsed(HealthAnswer.UNKNOWN)
    assert scene.bank.opening is not None
    assert scene.bank.opening.stage is OpeningStage.OPEN


def test_a_switch_that_bounces_shuts_no_door(scene: Scene) -> None:
    scene.loaded("A1")
    scene.opened("collect", "A1", ITEM)
    for _ in range(5):
        scene.sense("A1", DoorState.SHUT)
        scene.wait(TIMES.closed_s / 2)
        scene.sense("A1", DoorState.OPEN)
    assert scene.state("A1") is CompartmentState.OPEN
    scene.shut("A1", ItemSensor.ABSENT)
    assert scene.state("A1") is CompartmentState.FREE


def test_an_open_door_is_reminded_of_then_alarmed_and_at_last_left_to_staff(scene: Scene) -> None:
    scene.loaded("A1")
    scene.opened("collect", "A1", ITEM)
    assert scene.wait(14.9) == []
    assert scene.wait(0.1) == [Reminded("A1")]
    assert scene.wait(44.9) == []
    assert scene.wait(0.1) == [AlarmRaised("A1", LockerAlarmKind.LEFT_OPEN)]
    assert scene.carry_out("load", "A2", OTHER_ITEM) is OrderRefusal.BUSY
    assert scene.wait(240) == [Blocked("A1", BlockReason.LEFT_OPEN)]
    assert scene.carry_out("load", "A2", OTHER_ITEM) is None


def test_another_door_opens_and_both_are_frozen(scene: Scene) -> None:
    scene.loaded("A1")
    scene.carry_out("collect", "A1", ITEM)
    scene.pulsed()
    scene.sense("A2", DoorState.OPEN)
    assert [scene.state(name) for name in NAMES[:2]] == [CompartmentState.BLOCKED] * 2
    assert scene.bank.cell("A1").blocked is scene.bank.cell("A2").blocked is BlockReason.OTHER_DOOR
    alarms = [event for event in scene.events if isinstance(event, AlarmRaised)]
    assert {(alarm.compartment, alarm.kind) for alarm in alarms} == {
        ("A1", LockerAlarmKind.OTHER_DOOR),
        ("A2", LockerAlarmKind.OTHER_DOOR),
    }
    # No further pulse, also where the right door stays shut.
    assert scene.wait(60) == []
    assert scene.bank.opening is None


@pytest.mark.parametrize(("door", "item"), [(DoorState.OPEN, None), (DoorState.SHUT, ItemSensor.PRESENT)])
def test_what_nobody_commanded_is_forced(door: DoorState, item: ItemSensor | None, scene: Scene) -> None:
    assert scene.sense("A1", door, item) == [
        AlarmRaised("A1", LockerAlarmKind.FORCED),
        Blocked("A1", BlockReason.FORCED),
    ]


def test_an_item_that_is_gone_was_forced(scene: Scene) -> None:
    scene.loaded("A1")
    assert scene.sense("A1", item=ItemSensor.ABSENT)[-1] == Blocked("A1", BlockReason.FORCED)
    assert scene.bank.cell("A1").item == ITEM


def test_silence_is_unknown_and_hands_nothing_out(scene: Scene) -> None:
    scene.loaded("A1")
    assert scene.sense("A1", DoorState.UNKNOWN, ItemSensor.UNKNOWN) == []
    assert scene.state("A1") is CompartmentState.UNKNOWN
    assert scene.carry_out("collect", "A1", ITEM) is OrderRefusal.NOT_SHUT
    scene.sense("A1", DoorState.SHUT, ItemSensor.PRESENT)
    assert scene.state("A1") is CompartmentState.OCCUPIED


def test_staff_look_at_what_is_blocked_and_settle_it(scene: Scene) -> None:
    scene.loaded("A1")
    scene.sense("A1", DoorState.OPEN)
    scene.sense("A1", DoorState.SHUT)
    assert scene.carry_out("collect", "A1", ITEM) is OrderRefusal.NOT_USABLE
    scene.opened("inspect", "A1")
    scene.shut("A1")
    assert scene.state("A1") is CompartmentState.BLOCKED
    # The sensor has seen it, so that nobody can say that it is empty.
    assert scene.carry_out("settle", "A1") is OrderRefusal.CONTENTS
    assert scene.carry_out("settle", "A1", ITEM) is None
    assert scene.events[-1] == ContentsSet("A1", Contents.ITEM, ITEM)
    assert scene.state("A1") is CompartmentState.OCCUPIED


def test_an_opening_that_was_cut_off_is_never_repeated(scene: Scene) -> None:
    scene.loaded("A1")
    for stage in ("intended", "pulsed", "open"):
        again = Scene()
        again.bank, again.now = scene.bank, scene.now
        again.sensed = dict(scene.sensed)
        again.carry_out("collect", "A1", ITEM)
        if stage != "intended":
            again.pulsed()
        if stage == "open":
            again.sense("A1", DoorState.OPEN)
        again.events.clear()
        again.add(decide.start(again.bank))
        assert again.events[-1] == Blocked("A1", BlockReason.INTERRUPTED)
        assert not any(isinstance(event, PulseIntended) for event in again.wait(600))


def test_a_start_compares_the_inputs_with_the_journal(scene: Scene) -> None:
    scene.loaded("A1")
    scene.sensed["A1"] = CompartmentStatus("A1", DoorState.SHUT, ItemSensor.ABSENT)
    scene.sensed["A2"] = CompartmentStatus("A2", DoorState.OPEN, ItemSensor.ABSENT)
    found = list(decide.observe(scene.bank, scene.compartments, scene.sensed, TIMES, scene.now, starting=True))
    assert [event for event in found if isinstance(event, Blocked)] == [
        Blocked("A1", BlockReason.DIFFERS),
        Blocked("A2", BlockReason.DIFFERS),
    ]


def test_orders_that_are_refused(scene: Scene) -> None:
    scene.loaded("A1")
    clock = EPOCH + scene.now
    refused = {
        "locker-other-bank": order("collect", "A1", ITEM, at=clock, bank=ITEM),
        "locker-compartment-unknown": order("collect", "B1", ITEM, at=clock),
        "locker-order-expired": order("collect", "A1", ITEM, at=clock - 60),
        "locker-clock-wrong": order("collect", "A1", ITEM, at=clock + 6),
        "locker-contents-differ": order("collect", "A1", OTHER_ITEM, at=clock),
        "locker-order-used": order("collect", "A1", ITEM, at=clock, ident=next(iter(scene.bank.used))),
    }
    assert {code: scene.take(given) for code, given in refused.items()} == {code: code for code in refused}
    for verb, item in (("load", OTHER_ITEM), ("load", None), ("collect", None)):
        assert scene.carry_out(verb, "A1", item) is OrderRefusal.CONTENTS
    assert scene.carry_out("collect", "A2", ITEM) is OrderRefusal.CONTENTS
    assert not any(isinstance(event, PulseIntended) and event.at == scene.now for event in scene.events)


def test_the_times_of_an_order_are_exact() -> None:
    last = EPOCH + 1_000
    skew = TIMES.skew_s
    # When it was issued and what the clock says, in seconds after the latest order.
    cases = {
        "issued as far ahead as clocks may be apart": (skew, 0.0, None),
        "issued further ahead": (skew + 0.5, 0.0, OrderRefusal.CLOCK),
        "a clock as far behind as clocks may be apart": (-skew, -skew, None),
        "a clock further behind": (-skew - 0.5, -skew - 0.5, OrderRefusal.CLOCK),
        "just before it expires": (0.0, 59.5, None),
        "when it expires": (0.0, 60.0, OrderRefusal.EXPIRED),
    }
    found = {}
    for why, (issued, clock, _) in cases.items():
        scene = Scene()
        assert scene.take(order("settle", "A2", at=last), last) is None
        found[why] = scene.take(order("load", "A1", ITEM, at=last + issued), last + clock)
    assert found == {why: wanted for why, (_, _, wanted) in cases.items()}


def test_what_each_order_needs_of_a_compartment() -> None:
    """Every verb with the right item, another item and none, for each content of a compartment."""
    contents = {
        "empty": (Contents.EMPTY, None, None),
        "item": (Contents.ITEM, ITEM, None),
        "unknown": (Contents.UNKNOWN, None, None),
        "unknown item": (Contents.UNKNOWN, ITEM, None),
        "blocked": (Contents.ITEM, ITEM, BlockReason.FORCED),
        "blocked and empty": (Contents.EMPTY, None, BlockReason.FORCED),
    }
    done = set()
    refusals = set()
    for name, (content, item, blocked) in contents.items():
        for verb in LockerVerb:
            for asked in (ITEM, OTHER_ITEM, None):
                scene = Scene(sees_items=False)
                scene.add([ContentsSet("A1", content, item), *([Blocked("A1", blocked)] if blocked else [])])
                refusal = scene.carry_out(verb.value, "A1", asked)
                if refusal is None:
                    done.add((name, verb.value, asked))
                else:
                    refusals.add((name, refusal))
    always = {
        (name, verb, asked) for name in contents for verb in ("inspect", "settle") for asked in (ITEM, OTHER_ITEM, None)
    }
    taken = {("item", verb, ITEM) for verb in ("collect", "unload")}
    assert done == always | taken | {("empty", "load", ITEM), ("empty", "load", OTHER_ITEM)}
    assert refusals == {
        (name, OrderRefusal.CONTENTS if name in {"empty", "item"} else OrderRefusal.NOT_USABLE) for name in contents
    }


def test_a_door_that_is_not_surely_shut_is_left_alone() -> None:
    for door in set(DoorState) - {DoorState.SHUT}:
        for verb in LockerVerb:
            scene = Scene()
            scene.sensed["A1"] = CompartmentStatus("A1", door, ItemSensor.ABSENT)
            assert scene.carry_out(verb.value, "A1", ITEM) is OrderRefusal.NOT_SHUT, (door, verb)


def test_the_sensor_must_not_say_otherwise_when_staff_settle_a_compartment() -> None:
    wanted = {
        (ItemSensor.PRESENT, None): OrderRefusal.CONTENTS,
        (ItemSensor.ABSENT, ITEM): OrderRefusal.CONTENTS,
    }
    for sensor in ItemSensor:
        for item in (None, ITEM):
            scene = Scene()
            scene.sensed["A1"] = CompartmentStatus("A1", DoorState.SHUT, sensor)
            assert scene.carry_out("settle", "A1", item) is wanted.get((sensor, item)), (sensor, item)


def test_while_a_door_is_open_nothing_else_opens_but_other_compartments_are_settled(scene: Scene) -> None:
    scene.opened("load", "A1", ITEM)
    found = {
        (verb.value, name): scene.carry_out(verb.value, name, ITEM) for verb in LockerVerb for name in ("A1", "A2")
    }
    assert found.pop(("settle", "A2")) is OrderRefusal.CONTENTS, "its sensor says that it is empty"
    assert set(found.values()) == {OrderRefusal.BUSY}
    assert scene.carry_out("settle", "A2") is None


def test_a_clock_that_was_set_back_opens_nothing(scene: Scene) -> None:
    old = order("load", "A1", ITEM, at=EPOCH)
    assert scene.take(order("settle", "A2", at=EPOCH + 86_400), EPOCH + 86_400) is None
    assert scene.take(old, EPOCH + 1) is OrderRefusal.CLOCK
    # And one that has run ahead finds every order expired.
    assert scene.take(order("load", "A1", ITEM, at=EPOCH + 86_500), EPOCH + 10**8) is OrderRefusal.EXPIRED
    assert scene.take(order("load", "A1", ITEM, at=EPOCH + 86_500), EPOCH + 86_500) is None


def test_used_orders_are_kept_until_they_could_never_be_used_again(scene: Scene) -> None:
    first = next(iter(scene.bank.used))
    for day in range(3):
        at = EPOCH + scene.now + 86_400 * day + 100
        assert scene.take(order("settle", "A2", at=at), at) is None
    assert first not in scene.bank.used
    assert len(scene.bank.used) <= 3


def test_a_bank_reads_the_same_from_its_events(scene: Scene) -> None:
    scene.loaded("A1")
    assert evolve(scene.bank, Reminded("A1")) == scene.bank
    assert {verb.value for verb in LockerVerb} == {"load", "collect", "unload", "inspect", "settle"}
