"""What must not be in the source, looked for there (OWASP ASVS 5, 1.2.9, 13.4.2, 14.3.3 and 15.1.2)."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("queue_server", "kiosk", "signage", "peripherals")
#: What of the module ``re`` takes an expression.
_EXPRESSIONS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
#: What pages keep in a browser: a switch for keys, and that a page is locked.
_KEPT = {"SWITCH", "KEPT", '"locked"'}
_STORAGE = re.compile(r"(?:local|session)Storage(?:\.(\w+)\(([^,)]*)|(?!\.))")


@cache
def nodes() -> list[tuple[Path, ast.AST]]:
    """List every call, import and keyword of our programs, each with its file."""
    found: list[tuple[Path, ast.AST]] = []
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        every = ast.walk(ast.parse(path.read_text("utf-8")))
        found += [(path, one) for one in every if isinstance(one, ast.Call | ast.Import | ast.keyword)]
    return found


def is_constant(node: ast.expr) -> bool:
    """Tell whether an expression is made of constants alone, which have their names in capitals."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(name) | ast.Attribute(ast.Name(), name):
            return name.lstrip("_").isupper()
        case ast.BinOp(left, _, right):
            return is_constant(left) and is_constant(right)
        case ast.JoinedStr(values):
            return all(
                isinstance(one, ast.Constant) or (isinstance(one, ast.FormattedValue) and is_constant(one.value))
                for one in values
            )
        case ast.Call(ast.Attribute(value, "join"), [one]):
            return is_constant(value) and is_constant(one)
    return False


def test_no_regular_expression_is_built_out_of_what_was_sent() -> None:
    found, wrong = 0, []
    for path, node in nodes():
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), name), [expression, *_]) if name in _EXPRESSIONS:
                found += 1
                if not is_constant(expression):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found > 20
    assert wrong == []


def test_no_debugging_is_left_on() -> None:
    """No debugger, no server that shows its insides, no event loop that is watched."""
    wrong = []
    for path, node in nodes():
        match node:
            case ast.Import(names) if any(one.name in {"pdb", "code", "faulthandler"} for one in names):
                wrong.append(f"{path}:{node.lineno}")
            case ast.Call(ast.Name("breakpoint"), _) | ast.keyword("debug", ast.Constant(True)):
                wrong.append(f"{path}:{getattr(node, 'lineno', 0)}")
    assert wrong == []


def test_pages_keep_nothing_in_a_browser_but_two_switches() -> None:
    scripts = list((ROOT / "queue_server/web/static/js").glob("*.js"))
    found = [(path.name, *match.groups()) for path in scripts for match in _STORAGE.finditer(path.read_text("utf-8"))]
    assert found
    for name, verb, key in found:
        assert verb in {"getItem", "setItem", "removeItem"}, name
        assert key in _KEPT, name
    for path in scripts:
        text = path.read_text("utf-8")
        for forbidden in ("indexedDB", "document.cookie", "caches."):
            assert forbidden not in text, path


@pytest.mark.parametrize("lock", sorted((ROOT / "installer").glob("*.lock")), ids=lambda path: str(path.name))
def test_every_part_is_named_with_version_and_hash_and_from_no_other_place(lock: Path) -> None:
    text = lock.read_text("utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"[A-Za-z0-9._-]+(\[[^\]]*\])?==\S+ ", line), line
        assert "--hash=sha256:" in line, line
    assert "http://" not in text
    assert "--index-url" not in text


def test_what_is_installed_is_compared_with_its_hash() -> None:
    setup = (ROOT / "installer/setup").read_text("utf-8")
    installs = [line for line in setup.splitlines() if ".lock" in line and "pip" in line and "install" in line]
    assert installs
    assert all("--require-hashes" in line for line in installs), installs
