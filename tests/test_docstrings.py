"""What descriptions name in code is there, under the name that it has now."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.test_names import PACKAGES, ROOT

#: A class, or one with what belongs to it: all else that stands in double back-ticks may be a word of somebody else.
CLASS = re.compile(r"``((?:\w+\.)*[A-Z][a-z]\w*(?:\.\w+)*)``")
#: A class or a function where it begins.
DEFINED = re.compile(r"^ *(?:class|(?:async )?def) (\w+)", re.MULTILINE)
WORD = re.compile(r"\w+")
#: Of Qt, of browsers and of standards, and the tokens of the design.
OF_OTHERS = {
    *("Main.qml", "KeyboardEvent.code", "EF.CardSecurity", "Fx"),
    *("Success", "Partial", "Failure", "PaymentInstrumentData.CardData.MaskedPan"),
}
OF_TOKENS = "Theme."


def names_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield from (other or name).split(".")


def test_classes_that_descriptions_name_are_there() -> None:
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    there = {part for path in files for part in path.relative_to(ROOT).with_suffix("").parts}
    texts: dict[Path, str] = {path: path.read_text("utf-8") for path in files}
    there.update(name for text in texts.values() for name in DEFINED.findall(text))
    named = [
        (path.relative_to(ROOT).as_posix(), found[1]) for path, text in texts.items() for found in CLASS.finditer(text)
    ]
    assert len(named) > 200
    wanted = [one for one in named if one[1] not in OF_OTHERS and not one[1].startswith(OF_TOKENS)]
    # The few that no line defines may be members, or names of others that are imported: those files are parsed.
    missing = {part for _, name in wanted for part in name.split(".")} - there
    for text in texts.values():
        if not missing <= there and missing.intersection(WORD.findall(text)):
            there.update(names_of(ast.parse(text)))
    assert [one for one in wanted if not set(one[1].split(".")) <= there] == []
