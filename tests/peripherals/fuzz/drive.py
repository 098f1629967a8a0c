"""Fuzzes one target: ``python -m tests.peripherals.fuzz.drive TARGET SECONDS FOLDER``.

Coverage of the parsers guides what is tried next (atheris, on libFuzzer). In ``FOLDER`` stay the inputs that reached
something new; the first one that does what no parser may do is written to it as ``crash-...``, ``timeout-...`` or
``oom-...``, and the exit code is not 0. Such an input belongs into ``found/TARGET/``, where it is tried for ever.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["peripherals", "asn1crypto", "json"]):
    from tests.peripherals.fuzz.targets import TARGETS, attempt

#: Seconds that one input may take, and megabytes of the process.
_SLOWEST, _MOST_MEMORY = 5, 1024


def main(name: str, seconds: int, folder: Path) -> None:
    """Begin with the sound inputs, and go on until the time is over or something is found."""
    target = TARGETS[name]
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for at, seed in enumerate(target.seeds()):
        (corpus / f"seed-{at}").write_bytes(seed)
    options = {
        "max_total_time": seconds,
        "max_len": target.longest,
        "timeout": _SLOWEST,
        "rss_limit_mb": _MOST_MEMORY,
        "artifact_prefix": f"{folder}/",
        "print_final_stats": 1,
    }
    atheris.Setup(
        [name, *(f"-{key}={value}" for key, value in options.items()), str(corpus)], lambda data: attempt(name, data)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
