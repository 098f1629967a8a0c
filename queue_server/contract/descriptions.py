"""What fields mean, read from the code: a text that stands under a field describes it, as a docstring does a class."""

import ast
import inspect
import sys
from functools import cache


def descriptions(kind: type) -> dict[str, str]:
    """Give what is written under the fields of a class and of those that it is made from, by name, each in one line.

    Raises:
        OSError: the source is not there.
    """
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if one.__module__ in sys.modules and not one.__module__.startswith(("builtins", "msgspec")):
            found |= _of_module(one.__module__).get(one.__qualname__, {})
    return found


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {node.name: dict(_of_class(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _of_class(node: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for field, text in zip(node.body, node.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said))):
                found.append((name, one_line(said)))
            case _:
                pass
    return found


def one_line(said: str) -> str:
    """Give a text of the code as people read it: in one line, names in single quotation marks of code."""
    return " ".join(said.split()).replace("``", "`")
