"""Judges the order of a day: who is called, where a visit comes in, when it is due; from the words of the issue.

Nothing of the engine is in it: it reads the stored JSON, keeps what each visit was promised, and counts by itself.
"""

from collections import Counter as Counts
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

_MINUTE = 60_000_000
#: The step of the demo where people pay.
CASH_DESK = "payment"
#: What the demo's fees pass over: a passport is paid for each person, and a party that brought it owes nothing more.
_FREE = {("uto-passport-renewal", "party")}
#: The government of a ticket whose service is not set up any more: every counter takes it.
_ANY_COUNTER = "XXX"

Stop = dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """A visit as the log has told of it; times in microseconds, ``promise`` in minutes."""

    seq: int
    category: str
    steps: tuple[Stop, ...]
    at_step: int
    services: tuple[str, ...]
    party: int
    counts_from: int
    promise: int
    late: int
    due: int
    place: int
    called_at: int = 0
    for_counter: str | None = None
    for_until: int = 0

    @property
    def urgent(self) -> bool:
        return self.category == "urgent"

    @property
    def key(self) -> tuple[bool, int, int]:
        return not self.urgent, self.place, self.seq

    @property
    def stop(self) -> Stop:
        return self.steps[self.at_step]

    @property
    def open_stops(self) -> set[tuple[str, str]]:
        """What it still has before it, this stop included."""
        return {(stop["step"], stop["service"]) for stop in self.steps[self.at_step :] if not stop.get("done")}

    def left(self) -> tuple[Stop, ...]:
        """The plan once this stop is done."""
        return (*self.steps[: self.at_step], self.stop | {"done": True}, *self.steps[self.at_step + 1 :])


class Moment(NamedTuple):
    """Where an event lies, when it was, and who waits just before it."""

    stream: str
    seq: int
    at: int
    waiting: set[str]


class Line:
    """Follows the standing of every visit; each method says in words what must not be, or nothing."""

    def __init__(self) -> None:
        self.standing: dict[str, Standing] = {}
        self._skills: dict[str, dict[str, list[str]]] = {}
        self._before: dict[tuple[str, int], Standing] = {}
        self._party: tuple[str, Standing] | None = None
        #: The services that were paid for each ticket, and the tickets that go on with a visit.
        self._paid: dict[str, set[str]] = {}
        #: What each visit is for, and what of that each payment settled: people and parties by service and age.
        self._wanted: dict[str, Counts[tuple[str, str]]] = {}
        self._settles: dict[str, dict[str, Counts[tuple[str, str]]]] = {}
        self._tickets: dict[str, set[str]] = {}
        #: The visit whose cash desk has to be left out next.
        self._settled: str | None = None

    # --- what the line learns -------------------------------------------------------------------------------------

    def counter(self, name: str, body: dict[str, Any]) -> None:
        if name == "counter-opened":
            self._skills[body["counter"]] = body["skills"]
        elif name == "counter-closed":
            self._skills.pop(body["counter"], None)

    def issue(self, seq: int, body: dict[str, Any]) -> Iterator[str]:
        times = {name: body[name] for name in ("counts_from", "promise", "due")}
        plan, services = tuple(body["steps"]), tuple(body["services"])
        self._wanted[body["visit"]] = _counts(body.get("items", ()))
        visit = Standing(
            seq, body["category"], plan, 0, services, body["party_size"], late=0, place=body["due"], **times
        )
        self.standing[body["visit"]] = visit
        yield from _exact(visit)

    def read(self, moment: Moment, name: str, body: dict[str, Any]) -> list[str]:
        """Judge an event of a visit that is known, and follow it."""
        visit = body["visit"]
        before = self.standing[visit]
        self._before[moment.stream, moment.seq] = before
        settled, self._settled = self._settled, None
        missing = [] if settled in (None, visit) else [f"{settled} has paid, and keeps its cash desk"]
        if settled == visit and name != "stops-skipped":
            missing = ["it has paid, and keeps its cash desk"]
        rule = getattr(self, "_" + name.replace("-", "_"), None)
        return missing if rule is None else [*missing, *rule(visit, before, body, moment)]

    # --- one rule an event ----------------------------------------------------------------------------------------

    def _visit_called(self, visit: str, before: Standing, body: dict[str, Any], moment: Moment) -> Iterator[str]:
        able = [one for one in moment.waiting if self._may_call(body["counter"], self.standing[one], moment.at)]
        if body["considered"] != len(able):
            yield f"{body['considered']} were considered, {len(able)} could be served"
        if (body["due"], body["step"]) != (before.due, before.stop["step"]):
            yield "it is not due then, or not there"
        first = min(able, key=lambda one: self.standing[one].key, default=None)
        if body["rule"] != "particular" and first != visit:
            yield f"{first} stands before {visit}"
        self.standing[visit] = replace(before, called_at=moment.at, for_counter=None)

    def _may_call(self, counter: str, visit: Standing, at: int) -> bool:
        if visit.for_counter == counter:
            return True
        able, stop = self._skills.get(counter, {}), visit.stop
        return not self._hidden(visit, at) and (
            stop["government"] == _ANY_COUNTER
            or all(
                not able.get(plural) or stop[single] in able[plural]
                for plural, single in (("steps", "step"), ("services", "service"), ("governments", "government"))
            )
        )

    def _hidden(self, visit: Standing, at: int) -> bool:
        return visit.for_counter in self._skills and at < visit.for_until

    def _step_finished(self, visit: str, before: Standing, body: dict[str, Any], moment: Moment) -> Iterator[str]:
        steps = before.left()
        following = next((i for i in range(before.at_step + 1, len(steps)) if not steps[i].get("done")), None)
        if following is None:
            yield "there was no further stop"
            return
        after = self._placed(visit, replace(before, steps=steps, at_step=following), body)
        if (body["next_step"], body["counts_from"]) != (after.stop["step"], moment.at):
            yield "it goes on elsewhere, or counts from another time"
        if body["late"] != max(0, before.called_at - before.due):
            yield "it is owed something else"
        yield from _exact(after)

    def _visit_transferred(self, visit: str, before: Standing, body: dict[str, Any], moment: Moment) -> Iterator[str]:
        plan = replace(before, steps=tuple(body["steps"]), at_step=body["at_step"])
        after = self._placed(visit, plan, body)
        self.standing[visit] = replace(after, for_counter=body["for_counter"], for_until=body["for_until"] or 0)
        right = {
            "order": before.due,
            "end": moment.at + after.stop["promise"] * _MINUTE,
            "front": min(before.due, moment.at),
        }[body["where"]]
        if after.due != right:
            yield f"to the {body['where']}: due {after.due}, not {right}"
        if body["for_counter"] is not None and (after.steps, after.at_step) != (before.steps, before.at_step):
            yield "to a counter, and to another stop too"
        if not after.open_stops >= before.open_stops - {
            (stop["step"], stop["service"]) for stop in before.steps[before.at_step : after.at_step]
        }:
            yield "a stop is lost"
        yield from _exact(after)

    def _visit_resumed(self, visit: str, before: Standing, body: dict[str, Any], moment: Moment) -> Iterator[str]:
        self.standing[visit] = replace(before, place=body["place"], for_counter=None)
        if body["due"] != before.due:
            yield "the due time did not stay"
        right = self._coming_back(before, moment)
        if body["place"] != right:
            yield f"comes in at {body['place']}, not at {right}"

    _visit_reinstated = _visit_resumed

    def _coming_back(self, visit: Standing, moment: Moment) -> int:
        """Say where a visit stands that comes back: behind the next at its step, if it would stand before it."""
        others = [self.standing[one] for one in moment.waiting]
        here = [one for one in others if one.stop["step"] == visit.stop["step"] and not self._hidden(one, moment.at)]
        following = min(here, key=lambda one: one.key, default=None)
        before = following is not None and (not visit.urgent, visit.due, visit.seq) < following.key
        if following is None or not before or following.urgent != visit.urgent:
            return visit.due
        return following.place + 1

    def _visit_reclassified(self, visit: str, before: Standing, body: dict[str, Any], _moment: Moment) -> Iterator[str]:
        plan = replace(before, category=body["category"], steps=tuple(body["steps"]))
        after = self._placed(visit, plan, body | {"late": before.late})
        if after.counts_from != before.counts_from:
            yield "it counts from another time"
        if after.category == "priority" and before.category in ("appointment", "walk-in") and after.due > before.due:
            yield "priority made it due later"
        if [stop["step"] for stop in after.steps] != [stop["step"] for stop in before.steps]:
            yield "a category changed the plan"
        yield from _exact(after)

    def _visit_merged(self, visit: str, before: Standing, body: dict[str, Any], moment: Moment) -> Iterator[str]:
        if body["into"] == visit:
            yield "put together with itself"
        self._tickets.setdefault(body["into"], {body["into"]}).update(self._tickets.get(visit, {visit}))
        self._party = (body["into"], before if visit in moment.waiting else replace(before, place=1 << 62))

    def _visit_changed(self, visit: str, before: Standing, body: dict[str, Any], moment: Moment) -> Iterator[str]:
        plan = replace(
            before,
            steps=tuple(body["steps"]),
            at_step=body["at_step"],
            services=tuple(body["services"]),
            party=body["party_size"],
        )
        self._wanted[visit] = _counts(body.get("items", ()))
        after = self._placed(visit, plan, body)
        joined, self._party = self._party, None
        if joined is not None:
            yield from self._joined(joined, visit, before, after, here=visit in moment.waiting)
        elif after.counts_from != before.counts_from or after.late != before.late:
            yield "it counts from another time"
        yield from _exact(after)

    def _joined(
        self, joined: tuple[str, Standing], visit: str, before: Standing, after: Standing, *, here: bool
    ) -> Iterator[str]:
        into, gone = joined
        if into != visit or after.party != before.party + gone.party:
            yield "the party is another one"
        if not after.open_stops >= before.open_stops | gone.open_stops:
            yield "a stop is lost"
        if here and (after.due > min(before.due, gone.due) or after.place > min(before.place, gone.place)):
            yield "somebody has lost a place"

    def _visit_paid(self, visit: str, before: Standing, body: dict[str, Any], moment: Moment) -> Iterator[str]:
        """Say what has to follow, for the plain case: a ticket of its own that waits, and has more before it."""
        paid = self._paid.setdefault(visit, set())
        self._settles.setdefault(visit, {})[body["settlement"]] = _counts(body["settles"])
        whole = {item["service"] for item in body["settles"]} - self._owing(visit)
        news = whole - paid
        paid |= whole
        ahead = [stop for stop in before.steps[before.at_step :] if not stop.get("done")]
        stays = {stop["service"] for stop in before.steps if stop["step"] != CASH_DESK or stop.get("done")}
        gone = [stop for stop in ahead if stop["step"] == CASH_DESK and stop["service"] in news & stays]
        if visit in moment.waiting and visit not in self._tickets and gone and len(gone) < len(ahead):
            self._settled = visit
        yield from ()

    def _settled_for(self, visit: str) -> dict[str, Counts[tuple[str, str]]]:
        """Give what each payment settles, whichever of the tickets of this party it was made for."""
        found: dict[str, Counts[tuple[str, str]]] = {}
        for ticket in (*self._tickets.get(visit, ()), visit):
            found |= self._settles.get(ticket, {})
        return found

    def _owing(self, visit: str) -> set[str]:
        """Name the services for somebody of whom nothing was paid."""
        settled: Counts[tuple[str, str]] = sum(self._settled_for(visit).values(), Counts())
        wanted = self._wanted.get(visit, Counts())
        owed = {item: count for item, count in wanted.items() if item not in _FREE}
        return {service for (service, band), count in owed.items() if settled[service, band] < count}

    def _stops_skipped(self, visit: str, before: Standing, body: dict[str, Any], moment: Moment) -> Iterator[str]:
        kept = list(body["steps"])
        gone = [stop for stop in before.steps if not (kept and kept[0] == stop and kept.pop(0))]
        after = self._placed(visit, replace(before, steps=tuple(body["steps"]), at_step=body["at_step"]), body)
        paid = set[str]().union(*(self._paid.get(one, set()) for one in self._tickets.get(visit, {visit})))
        if kept or not gone or any(stop["step"] != CASH_DESK or stop.get("done") for stop in gone):
            yield "something else than a cash desk was left out"
        begun = {service for settles in self._settled_for(visit).values() for service, _ in settles}
        paid |= begun - self._owing(visit)
        if any(stop["service"] not in paid for stop in gone):
            yield "it has not paid"
        if body["left"] is None:
            if (after.stop, after.key, after.due) != (before.stop, before.key, before.due):
                yield "it has lost its place, or its stop"
        else:
            self.standing[visit] = replace(after, for_counter=None)
            called = (moment.at,) if visit in moment.waiting else (moment.at, before.called_at)
            if before.stop not in gone or body["counts_from"] != moment.at:
                yield "it was not at a cash desk, or counts from another time"
            if body["late"] not in [max(0, one - before.due) for one in called]:
                yield "it is owed something else"
        yield from _exact(after)

    def _undone(self, visit: str, before: Standing, body: dict[str, Any], moment: Moment) -> Iterator[str]:
        taken_back = self._before.get((moment.stream, body["undoes"]))
        if taken_back is None or taken_back.seq != before.seq:
            yield "nothing of it is known that could be taken back"
            return
        self.standing[visit] = taken_back

    def _visit_taken_over(self, visit: str, before: Standing, _body: dict[str, Any], moment: Moment) -> Iterator[str]:
        """Follow a visit into the next day: there it stands in the order of its being taken over."""
        self.standing[visit] = replace(before, seq=moment.seq)
        yield from ()

    def _placed(self, visit: str, plan: Standing, body: dict[str, Any]) -> Standing:
        """Follow an event that says what the due time is made of. Unless it names a place, that is the due time."""
        due = body["due"]
        place = body.get("place", plan.place if due == plan.due and "category" in body else due)
        after = replace(
            plan,
            counts_from=body["counts_from"],
            promise=body["promise"],
            late=body["late"],
            due=due,
            place=place,
        )
        self.standing[visit] = after
        return after


def _counts(items: Iterable[dict[str, Any]]) -> Counts[tuple[str, str]]:
    counts: Counts[tuple[str, str]] = Counts()
    for item in items:
        counts[item["service"], item["band"]] += item["count"]
    return counts


def _exact(visit: Standing) -> Iterator[str]:
    """The sentence on the page is the whole reason: from when, promised, owed."""
    if visit.due != visit.counts_from + visit.promise * _MINUTE - visit.late:
        yield "it is not due when it says"
    if visit.place < visit.due:
        yield "it stands earlier than it is due"
