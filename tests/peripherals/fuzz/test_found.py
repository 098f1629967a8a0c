"""What fuzzing ever found, and the sound inputs that it begins with, tried again in every run."""

from pathlib import Path

import pytest

from tests.peripherals.fuzz.targets import TARGETS, attempt

FOUND = Path(__file__).parent / "found"


def test_sound_inputs_are_taken_and_what_was_found_is_refused_in_good_order(subtests: pytest.Subtests) -> None:
    for name in TARGETS:
        with subtests.test(name=name):
            target = TARGETS[name]
            seeds = list(target.seeds())
            assert seeds
            for seed in seeds:
                target.take(seed)
            for path in sorted(FOUND.glob(f"{name}/*")):
                attempt(name, path.read_bytes())


def test_everything_that_was_found_belongs_to_a_target() -> None:
    assert {path.parent.name for path in FOUND.glob("*/*")} <= set(TARGETS)
