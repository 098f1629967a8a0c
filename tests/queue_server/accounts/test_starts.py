"""A device that starts, crashes and meets a restored server is one machine; a copy of its folder makes two."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from queue_server.accounts import starts
from queue_server.accounts.starts import Starts, StartVerdict
from queue_server.contract.devices import StartRequest
from queue_server.contract.starts import DeviceStart, KnownStarts
from queue_server.domain.values import Micros

NOW = Micros(1_795_000_000_000_000)


class Folder:
    """What is on the disk of one machine, and the process that works on it; ``full``: nothing more can be written."""

    def __init__(self, kept: KnownStarts | None = None) -> None:
        self.kept = kept
        self.full = False
        self.process: DeviceStart | None = None

    def read(self) -> KnownStarts | None:
        return self.kept

    def store(self, kept: KnownStarts) -> None:
        if self.full:
            raise OSError
        self.kept = kept

    def start(self) -> None:
        self.process = DeviceStart("d", "demo", self, lambda _: None)

    @property
    def stopped(self) -> bool:
        """It gives out nothing, and would not after another start either."""
        return self.process is None or self.process.copied


class Centre:
    """The server's side: what it knows of the device, and whether it has ever seen two machines."""

    def __init__(self) -> None:
        self.known: Starts | None = None
        self.alarms = 0

    def take(self, request: StartRequest) -> StartVerdict:
        before = self.known
        self.known, verdict = starts.accept(self.known, request.start, request.before, NOW)
        if self.known.copied_at is not None and (before is None or before.copied_at is None):
            self.alarms += 1
        return verdict

    def ask(self, folder: Folder) -> bool:
        """Send one request with all that the client does about it (``ApiClient``); tells whether it was done."""
        process = folder.process
        assert process is not None
        for _ in range(4):
            if process.taken:
                verdict = starts.judge(self.known, process.id)
                if verdict is StartVerdict.OVER:
                    process.over()
                    continue
                process.notice(copied=verdict is StartVerdict.COPIED)
                return True
            request = process.draw()
            if request is None:
                return True
            verdict = self.take(request)
            if verdict is StartVerdict.OVER:
                process.over()
            else:
                process.acknowledge(copied=verdict is StartVerdict.COPIED)
        return False


class OneMachine(RuleBasedStateMachine):
    """Whatever happens to one machine and its server, nobody is told that there are two."""

    @initialize()
    def begin(self) -> None:
        self.folder, self.centre = Folder(), Centre()
        self.backups: list[Starts | None] = [None]
        self.late: list[StartRequest] = []
        self.folder.start()

    @rule()
    def start(self) -> None:
        self.folder.start()

    @rule()
    def ask(self) -> None:
        assert self.centre.ask(self.folder)

    @rule(full=st.booleans())
    def fill_the_disk(self, full: bool) -> None:
        self.folder.full = full

    @rule(arrives=st.booleans(), later=st.booleans())
    def lose_the_answer(self, arrives: bool, later: bool) -> None:
        """Cut the line, or the power, before a request or after it; it may still be on its way."""
        process = self.folder.process
        assert process is not None
        if process.taken:
            return
        request = process.draw()
        if request is None:
            return
        if arrives:
            self.centre.take(request)
        if later:
            self.late.append(request)

    @precondition(lambda self: self.late)
    @rule()
    def arrive_late(self) -> None:
        """Let what a process sent come after the one that followed it has taken over."""
        request = self.late.pop()
        self.centre.take(request)

    @rule()
    def back_up(self) -> None:
        self.backups.append(self.centre.known)

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        self.centre.known = data.draw(st.sampled_from(self.backups))
        self.late.clear()

    @invariant()
    def nobody_is_told_of_a_copy(self) -> None:
        if hasattr(self, "centre"):
            assert self.centre.alarms == 0
            assert not self.folder.process or not self.folder.process.copied


class TwoMachines(RuleBasedStateMachine):
    """A folder is copied, at any moment, with whatever is in it: both stop, one goes on, and no two ever do."""

    @initialize(asked=st.integers(0, 3), drawn=st.booleans())
    def begin(self, asked: int, drawn: bool) -> None:
        self.centre = Centre()
        first = Folder()
        for _ in range(asked):
            first.start()
            self.centre.ask(first)
        if asked == 0 or drawn:
            first.start()
        if drawn and first.process is not None:
            first.process.draw()
        self.machines = [first, Folder(first.kept)]
        self.machines[1].start()

    @rule(which=st.integers(0, 2))
    def start(self, which: int) -> None:
        self.machines[which % len(self.machines)].start()

    @rule(which=st.integers(0, 2))
    def ask(self, which: int) -> None:
        self.centre.ask(self.machines[which % len(self.machines)])

    @precondition(lambda self: len(self.machines) == 2)
    @rule(which=st.integers(0, 1))
    def copy_once_more(self, which: int) -> None:
        self.machines.append(Folder(self.machines[which].kept))
        self.machines[-1].start()

    @rule(first=st.integers(0, 2))
    def all_know_once_each_was_heard_again(self, first: int) -> None:
        # The third may be noticed by the last word of a round.
        for _ in range(3):
            for nth in range(len(self.machines)):
                self.centre.ask(self.machines[(first + nth) % len(self.machines)])
        self.judge()

    @precondition(lambda self: self.centre.known is not None and self.centre.known.copied_at is not None)
    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        known = self.centre.known
        assert known is not None
        chosen = data.draw(st.sampled_from(known.machines))
        self.centre.known = starts.choose(known, chosen, Micros(2))
        self.all_know_once_each_was_heard_again(data.draw(st.integers(0, 2)))
        for stays in self.machines:
            assert stays.stopped or (stays.kept is not None and chosen in stays.kept.ids), "the one that shows the sign"

    def judge(self) -> None:
        """Nobody gives out numbers while two are known, and one machine does once somebody has said which."""
        known = self.centre.known
        assert known is not None
        assert self.centre.alarms
        assert sum(not machine.stopped for machine in self.machines) == (known.copied_at is None)


TestOneMachine = OneMachine.TestCase
TestOneMachine.settings = settings(max_examples=200, stateful_step_count=25, deadline=None)
TestTwoMachines = TwoMachines.TestCase
TestTwoMachines.settings = settings(max_examples=400, stateful_step_count=15, deadline=None)


def test_a_copy_of_a_machine_that_has_stopped_is_noticed_once_that_one_goes_on() -> None:
    walk = TwoMachines()
    walk.begin(asked=0, drawn=False)
    walk.all_know_once_each_was_heard_again(0)
    walk.copy_once_more(0)
    walk.all_know_once_each_was_heard_again(0)
    known = walk.centre.known
    assert known is not None
    assert walk.machines[0].kept is not None
    walk.centre.known = starts.choose(known, walk.machines[0].kept.ids[-1], Micros(2))
    walk.all_know_once_each_was_heard_again(0)
    assert walk.centre.alarms == 2
