"""A newcomer who does what a page says, and nothing else: types, touches, presses, and looks for what should be seen.

What the page says is read from the page itself: blocks ``sh`` are typed into one shell, a line an action; blocks
``text`` are looked for in what came back, where ``…`` stands for anything; sentences are those of ``_SENTENCES``.

What is different here than at a desk: ports are free ones, the home folder is a temporary one, the time zone is one in
which it is about noon now, and screens have no panel, so that they are touched through their debugging socket.
"""

import json
import os
import queue
import re
import shlex
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
#: What is waited for comes at once on a quiet machine.
_PATIENCE_S = 60
#: A command may have to compile the whole project first.
_COMMAND_S = 240
#: A kiosk takes no touch for this long after its page has changed (``screen.debounce_ms``).
_BETWEEN_TOUCHES_S = 0.5
_DONE = "done: "

_SENTENCES = {
    "touch": r"Touch \*\*(?P<touch>[^*]+)\*\*|touch \*\*(?P<touch_>[^*]+)\*\*",
    "open": r"Open <(?P<open>[^>]+)>",
    "sign_in": r"Sign in as `(?P<sign_in>[^`]+)`",
    "counter": r"Choose counter \*\*(?P<counter>[^*]+)\*\*",
    "press": r"Press `(?P<press>[^`]+)`",
    "click": r"[Pp]ress \*\*(?P<click>[^*]+)\*\*",
    "write": r"Write (?P<write>\*\*[^*]+\*\* into \*\*[^*]+)\*\*",
    "choose": r"Choose (?P<choose>\*\*[^*]+\*\* for \*\*[^*]+)\*\*",
    "tick": r"Tick \*\*(?P<tick>[^*]+)\*\*",
    "untick": r"Take the tick away from \*\*(?P<untick>[^*]+)\*\*",
    "password": r"(?P<password>Type your password)",
    "copy": r"(?P<copy>Copy the text)",
    "kiosk": r"The kiosk shows \*\*(?P<kiosk>[^*]+)\*\*",
    "paper": r"The paper shows \*\*(?P<paper>[^*]+)\*\*",
    "board": r"The board shows \*\*(?P<board>[^*]+)\*\*",
    "page": r"The page shows \*\*(?P<page>[^*]+)\*\*",
    "picture": r"\]\(pictures/(?P<picture>[^)]+)\)",
}
_READ = re.compile(
    r"^## (?P<section>.+)$|^ *```sh\n(?P<sh>(?s:.+?))^ *```$|^ *```text\n(?P<text>(?s:.+?))^ *```$|"
    # A sentence goes on where its line ends.
    + "|".join(_SENTENCES.values()).replace(" ", r"\s+"),
    re.MULTILINE,
)
#: What differs each time, and what the page calls it.
_GIVEN = {"code": "12345678", "device": "DEVICE"}
_ANYTHING = {"…": ".*", "12345678": r"(?P<code>\d{8})", "DEVICE": "(?P<device>[0-9a-f]{8}[-0-9a-f]{28})"}
_PARTS = re.compile(f"({'|'.join(_ANYTHING)})")
_TEXT = "TEXT"
_ACTIONS = ("sh", "touch", "open", "sign_in", "counter", "press", "click", "write", "choose", "tick", "untick")

#: What whoever reads a page has already: a centre, and somebody who works there.
CENTRE = """
## Before
```sh
export PATH="$PWD/.venv/bin:$PATH"
queue-server init --data ~/centre/server
queue-server new-centre river --name "River Centre" --zone Europe/Brussels --data ~/centre/server
queue-server staff add ines.moreau --name "Ines Moreau" --centre river --data ~/centre/server
```
"""
#: The first ticket of the day, at a kiosk without a printer.
TICKET = """
1. Touch **English**.
2. Touch **I need a number**.
3. Touch **Passport**.
4. Touch **Yes, show my number**.
The kiosk shows **A 001**.
"""


class Line(NamedTuple):
    """One thing that the page says: what kind of thing, and its words."""

    section: str
    kind: str
    words: str


def script(text: str) -> Iterator[Line]:
    """Read a page as the things that are done and seen, in their order."""
    section = ""
    for found in _READ.finditer(text):
        kind, words = next((kind, words) for kind, words in found.groupdict().items() if words is not None)
        if kind == "section":
            section = words
        elif kind == "sh":
            for line in words.replace("\\\n", " ").splitlines():
                yield Line(section, kind, line.strip())
        elif kind == "text":
            yield Line(section, kind, "\n".join(line.strip() for line in words.splitlines()))
        else:
            yield Line(section, kind.rstrip("_"), " ".join(words.split()))


def actions(text: str) -> Counter[str]:
    """Count what somebody has to do, by section."""
    return Counter(line.section for line in script(text) if line.kind in _ACTIONS)


class Shell:
    """One shell in the folder of the project; what its programs say in the background is heard too."""

    def __init__(self, home: Path) -> None:
        known = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "CONSULAR"))}
        self._bash = subprocess.Popen(
            ["/bin/bash", "--norc"],
            cwd=ROOT,
            env=known | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def _listen(self) -> None:
        assert self._bash.stdout is not None
        for line in self._bash.stdout:
            self._lines.put(line.rstrip("\n"))

    def type(self, line: str) -> None:
        """Type a line, and wait until the shell takes the next one; it must have gone well."""
        assert self._bash.stdin is not None
        self._bash.stdin.write(f"{line}\necho '{_DONE}'$?\n")
        self._bash.stdin.flush()
        ended = self.hear(lambda said: said.startswith(_DONE), _COMMAND_S)
        assert ended == f"{_DONE}0", (line, self.said)
        self.said.remove(ended)

    def hear(self, wanted: Callable[[str], object], seconds: int = _PATIENCE_S) -> str:
        """Wait until a line is said that is wanted; it may have been said since the last line was typed."""
        for line in self.said:
            if wanted(line):
                return line
        until = time.monotonic() + seconds
        while True:
            try:
                self.said.append(self._lines.get(timeout=max(0.0, until - time.monotonic())))
            except queue.Empty:
                raise AssertionError(f"never said; but: {self.said}") from None
            if wanted(self.said[-1]):
                return self.said[-1]

    def end(self) -> None:
        """End it, and whatever it has begun."""
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        os.killpg(self._bash.pid, signal.SIGKILL)
        self._bash.wait()
        self._listening.join()
        self._bash.stdin.close()
        self._bash.stdout.close()


class Screen:
    """A kiosk or a board, through its debugging socket."""

    def __init__(self, file: Path) -> None:
        until = time.monotonic() + _PATIENCE_S
        self._socket = socket.socket(socket.AF_UNIX)
        while True:
            try:
                self._socket.connect(str(file))
            except OSError:
                assert time.monotonic() < until, f"{file.name} did not start"
                time.sleep(0.05)
            else:
                break
        self._answers = self._socket.makefile("r", encoding="utf-8")

    def ask(self, **question: object) -> dict[str, Any]:
        self._socket.sendall(json.dumps(question).encode() + b"\n")
        answer: dict[str, Any] = json.loads(self._answers.readline())
        return answer

    def until(self, wanted: Callable[[dict[str, Any]], bool], what: str) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not wanted(state := self.ask(state=True)):
            assert time.monotonic() < until, f"{what} is not there, but {state['controls']} {state['texts']}"
            time.sleep(0.05)

    def touch(self, label: str) -> None:
        self.until(lambda state: label in state["controls"], label)
        time.sleep(_BETWEEN_TOUCHES_S)
        assert self.ask(tap=label)["ok"], label

    def shows(self, words: str) -> None:
        self.until(lambda state: any(words in text for text in (*state["texts"], *state["controls"])), words)

    def picture(self, file: Path) -> None:
        self.ask(grab=str(file))

    def close(self) -> None:
        self._answers.close()
        self._socket.close()


class Newcomer:
    """Use it with ``with``.

    Args:
        folder: where the home folder and all data are.
        page: the browser of the desk.
        pictures: where pictures are put instead of being looked for.
        names: what stands on a page, and what it is called here.
    """

    def __init__(
        self, folder: Path, page: Page, pictures: Path | None = None, names: Mapping[str, str] | None = None
    ) -> None:
        self._folder, self._browser, self._pictures = folder, page, pictures
        self._shell = Shell(folder)
        self._changed = {"8080": str(free_port()), "9100": str(free_port()), **(names or {})}
        now = datetime.now(UTC).hour - 12
        # The signs of these zones are the other way round: GMT-3 is three hours before Greenwich.
        self._changed["Europe/Brussels"] = f"Etc/GMT{now:+d}" if now else "UTC"
        self._secret = ""
        self._screens: list[Screen] = []
        self._latest: dict[str, Screen] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for screen in self._screens:
            screen.close()
        self._shell.end()

    def follow(self, text: str) -> Counter[str]:
        """Do all that a page says; gives how often each kind of thing was done or seen."""
        done: Counter[str] = Counter()
        before = ""
        for line in script(text):
            words = line.words
            if line.kind == "sh" != before:
                # What a block of commands says is looked for behind the whole block.
                self._shell.said.clear()
            before = line.kind
            for said, here in self._changed.items():
                if line.kind != "text" or said not in _ANYTHING:
                    words = words.replace(said, here)
            try:
                getattr(self, f"_{line.kind}")(words)
            except AssertionError as error:
                raise AssertionError(f"{line.section}: {line.kind} {line.words}: {error}") from error
            done[line.kind] += 1
        return done

    def _sh(self, line: str) -> None:
        program = re.match(r"(kiosk|signage) run .*--data (\S+)", line)
        if program is None:
            self._shell.type(line)
            if "staff add" in line:
                self._secret = self._shell.said[-1]
            return
        remote = self._folder / f"remote-{len(self._screens)}"
        self._shell.type(line.replace(" run ", f" run --remote {shlex.quote(str(remote))} ", 1))
        self._screens.append(Screen(remote))
        self._latest[program[1]] = self._screens[-1]

    def _text(self, block: str) -> None:
        for wanted in block.splitlines():
            pattern = "".join(_ANYTHING.get(part, re.escape(part)) for part in _PARTS.split(wanted))
            found = re.fullmatch(pattern, self._shell.hear(re.compile(pattern).fullmatch))
            assert found is not None
            # From here on the page means what was seen.
            self._changed |= {_GIVEN[name]: seen for name, seen in found.groupdict().items()}

    def _touch(self, label: str) -> None:
        self._latest["kiosk"].touch(label)

    def _open(self, address: str) -> None:
        self._browser.goto(address)

    def _sign_in(self, login: str) -> None:
        self._browser.fill("#login", login)
        self._browser.fill("#password", self._secret)
        self._browser.press("#password", "Enter")
        self._browser.wait_for_url(lambda address: urlsplit(address).path != "/sign-in")

    def _counter(self, plate: str) -> None:
        self._browser.get_by_role("button", name=re.compile(rf"\b{plate}\b")).click()
        self._browser.wait_for_url("**/counter")
        expect(self._browser.locator("#page")).to_have_attribute("data-live", "on", timeout=_PATIENCE_S * 1000)
        expect(self._browser.locator("body.away")).to_have_count(0, timeout=_PATIENCE_S * 1000)

    def _click(self, label: str) -> None:
        """Press what is called so: a button or a link, with what comes after it."""
        pressed = self._browser.get_by_role("button", name=label).or_(self._browser.get_by_role("link", name=label))
        pressed.first.click()
        self._browser.wait_for_load_state()

    def _write(self, said: str) -> None:
        words, label = said.strip("*").split("** into **")
        self._browser.get_by_label(label, exact=True).first.fill(words)

    def _choose(self, said: str) -> None:
        words, label = said.strip("*").split("** for **")
        self._browser.get_by_label(label, exact=True).first.select_option(label=words)

    def _tick(self, label: str) -> None:
        self._browser.get_by_role("checkbox", name=label, exact=True).check()

    def _untick(self, label: str) -> None:
        self._browser.get_by_role("checkbox", name=label, exact=True).uncheck()

    def _password(self, _: str) -> None:
        self._browser.get_by_label("Your password once more").fill(self._secret)

    def _copy(self, _: str) -> None:
        """Take what a device enrols by: it is typed where the page says TEXT."""
        self._changed[_TEXT] = self._browser.get_by_label("The same as text").input_value()

    def _press(self, key: str) -> None:
        now = self._browser.locator("#now")
        stage = now.get_attribute("data-stage")
        with self._browser.expect_response(lambda answer: answer.request.method == "POST") as answered:
            self._browser.keyboard.press(key.lower() if len(key) == 1 else key)
        assert answered.value.ok
        answered.value.finished()
        # Somebody looks what came of it before they press the next one.
        expect(now).not_to_have_attribute("data-stage", stage or "", timeout=_PATIENCE_S * 1000)
        self._browser.wait_for_timeout(_BETWEEN_TOUCHES_S * 1000)

    def _page(self, words: str) -> None:
        expect(self._browser.get_by_text(words).first).to_be_visible(timeout=_PATIENCE_S * 1000)

    def _kiosk(self, words: str) -> None:
        self._latest["kiosk"].shows(words)

    def _board(self, words: str) -> None:
        self._latest["signage"].shows(words)

    def _papers(self) -> list[Path]:
        return sorted((self._folder / "centre" / "paper").glob("*.png"))

    def _paper(self, words: str) -> None:
        """Scan the newest paper, as a phone does: its page says the words."""
        until = time.monotonic() + _PATIENCE_S
        while not (papers := self._papers()):
            assert time.monotonic() < until, f"no paper with {words}"
            time.sleep(0.05)
        with Image.open(papers[-1]) as paper:
            (code,) = zxingcpp.read_barcodes(paper.convert("L"))
        with self._browser.context.expect_page() as phone:
            self._browser.evaluate("address => { window.open(address) }", code.text)
        expect(phone.value.get_by_text(words).first).to_be_visible(timeout=_PATIENCE_S * 1000)
        phone.value.close()

    def _picture(self, name: str) -> None:
        file = ROOT / "docs" / "pictures" / name
        if self._pictures is None:
            assert file.is_file(), name
            return
        seen, size = self._folder / name, (960, 600)
        match Path(name).stem.partition("-")[2]:
            case "kiosk":
                self._latest["kiosk"].picture(seen)
                size = (360, 640)
            case "board":
                self._latest["signage"].picture(seen)
                size = (960, 540)
            case "paper":
                seen.write_bytes(self._papers()[-1].read_bytes())
                size = (0, 640)
            case _:
                self._browser.screenshot(path=seen)
        with Image.open(seen) as taken:
            wide, high = size
            made = taken.convert("RGB").resize((wide or taken.width * high // taken.height, high))
        made.quantize(48, dither=Image.Dither.NONE).save(self._pictures / name, optimize=True)
