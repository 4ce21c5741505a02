"""Every string that a person may read, gathered from templates, from Python, and from the method's own data.

Templates are compiled and asked for the very sentences that they will look up. Python is read for calls of
gettext and for refusals, whose sentences are looked up where they are shown. The method (``ipt``) knows no
translation: its data are walked, and what stands in them is translated where it crosses into a page.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from django.template import Context, Engine, Node
from django.template.base import Lexer, TokenType

from kithwork import ipt
from kithwork.foundation.ui.dates import SENSE
from kithwork.foundation.ui.translating import Phrase, Sentence
from kithwork.ipt import date_words
from kithwork.project.translation.catalogue import Message
from kithwork.therapy.safety.help_lines import countries, lines_of

PACKAGE = Path(__file__).resolve().parent.parent.parent
Found = Iterator[tuple[Message, str]]

# Arguments of each function: context, text, plural; None where it takes no such thing.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None), "lazy": (None, 0, None),
    "gettext": (None, 0, None), "gettext_lazy": (None, 0, None), "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1), "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None), "pgettext_lazy": (0, 1, None), "npgettext": (0, 1, 2), "npgettext_lazy": (0, 1, 2),
}  # fmt: skip
INLINE = re.compile(r"""_\(\s*("[^"]*"|'[^']*')\s*\)""")
DATED = re.compile(r"""\|(?:date|time):["']((?!Y-m-d["'])[^"']+)["']""")
KEYS = (tuple, list, set, frozenset)
NOT_WORDS = frozenset({"key", "id", "code", "record", "worksheet", "sources", "source", "of", "mark"})


class NotOneString(Exception):
    """Something is marked for translation that no catalogue can hold, such as an f-string."""


def everything() -> dict[Message, list[str]]:
    """All strings, each with where it is said, sorted."""
    places: defaultdict[Message, list[str]] = defaultdict(list)
    for gather in (in_templates, in_python, in_the_method, in_help_lines):
        for message, place in gather():
            if message.text and place not in places[message]:
                places[message].append(place)
    return _with_plurals({message: sorted(where) for message, where in sorted(places.items())})


def _with_plurals(places: Mapping[Message, list[str]]) -> dict[Message, list[str]]:
    """A catalogue holds a string once: said with and without a plural, it stands there with it."""
    plural = {message.key: message for message in places if message.plural}
    joined: defaultdict[Message, list[str]] = defaultdict(list)
    for message, where in places.items():
        joined[plural.get(message.key, message)] += where
    return dict(joined)


# Templates


def in_templates() -> Found:
    """What each of our templates looks up."""
    engine = Engine.get_default()
    for path in sorted(PACKAGE.glob("*/**/templates/**/*")):
        if path.suffix in (".html", ".txt"):
            yield from _in_template(path, engine)


def _in_template(path: Path, engine: Engine) -> Found:
    source, place = path.read_text("utf-8"), path.relative_to(PACKAGE).as_posix()
    for node in engine.from_string(source).nodelist.get_nodes_by_type(Node):
        message = _of_node(node)
        if message:
            yield message, f"{place}:{node.token.lineno if node.token else 1}"
    for token in Lexer(source).tokenize():
        if token.token_type in (TokenType.VAR, TokenType.BLOCK):
            for dated in DATED.findall(token.contents):
                yield Message(dated, context=SENSE), f"{place}:{token.lineno}"
            for literal in INLINE.findall(token.contents):
                yield Message(literal[1:-1]), f"{place}:{token.lineno}"


def _of_node(node: Node) -> Message | None:
    if not isinstance(node, Phrase | Sentence):
        return None
    context = str(node.message_context.resolve(Context())) if node.message_context else ""
    if isinstance(node, Sentence):
        return Message(node.pattern, node.many, context)
    return Message(node.literal.replace("%", "%%"), context=context) if node.literal is not None else None


# Python


def in_python() -> Found:
    """What Python marks, and what refusals say."""
    trees = _trees()
    refusals = _refusals(trees.values())
    for place, tree in trees.items():
        yield from _in_tree(tree, refusals, place)


def in_python_text(source: str, place: str) -> Found:
    """The same of a few lines."""
    return _in_tree(ast.parse(source), {"Refusal"}, place)


def glued_refusals() -> Iterator[str]:
    """Where a refusal is put together before it is made, so that no catalogue can hold its sentence."""
    trees = _trees()
    refusals = _refusals(trees.values())
    for place, tree in trees.items():
        for call in _calls(tree):
            if any(isinstance(one, ast.JoinedStr) for one in _said_by_refusal(call, refusals)):
                yield f"{place}:{call.lineno}"


def _trees() -> dict[str, ast.Module]:
    paths = [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if not {"tests", "migrations", "demo", "examples"} & set(path.relative_to(PACKAGE).parts)
    ]
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _in_tree(tree: ast.Module, refusals: set[str], place: str) -> Found:
    for call in _calls(tree):
        for message in _of_call(call, refusals, f"{place}:{call.lineno}"):
            yield message, f"{place}:{call.lineno}"


def _refusals(trees: Iterable[ast.Module]) -> set[str]:
    """The names of all classes that are refusals."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    }  # fmt: skip
    known, before = {"Refusal"}, 0
    while len(known) > before:
        before = len(known)
        known |= {name for name, over in bases.items() if over & known}
    return known


def _of_call(call: ast.Call, refusals: set[str], place: str) -> Iterator[Message]:
    name = _name(call)
    if name in FUNCTIONS and isinstance(call.func, ast.Name):
        context, text, plural = ("" if n is None else _constant(call.args[n], place) for n in FUNCTIONS[name])
        yield Message(text, plural, context)
    if name == "say_date" and isinstance(call.args[1], ast.Constant):
        yield Message(_constant(call.args[1], place), context=SENSE)
    for said in _said_by_refusal(call, refusals):
        yield from (Message(text) for text in _constants(said))


def _said_by_refusal(call: ast.Call, refusals: set[str]) -> list[ast.expr]:
    """Sentence and next step, where a refusal is made."""
    steps = [word.value for word in call.keywords if word.arg == "next_step"]
    is_refusal = _name(call) in refusals or (_name(call) == "__init__" and steps)
    return [*call.args[:1], *steps] if is_refusal else []


def _constant(node: ast.expr, place: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr | ast.BinOp):
        raise NotOneString(f"{place}: only a plain string can be translated, with {{places}} for what varies")
    return ""  # what comes from elsewhere, such as the method, is gathered there


def _constants(node: ast.expr) -> Iterator[str]:
    """What a refusal may say: a string, or one of two; what comes from elsewhere is marked there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


# The method


def in_the_method() -> Found:
    """What stands in the data of ``ipt``: labels, questions, tasks, stories, notices."""
    seen = {id(value) for value in vars(date_words).values()}  # Django says dates
    for info in pkgutil.walk_packages(ipt.__path__, "kithwork.ipt."):
        if ".tests" in info.name:
            continue
        module, place = (
            importlib.import_module(info.name),
            info.name.removeprefix("kithwork.").replace(".", "/"),
        )
        for name, value in vars(module).items():
            if not name.startswith("_"):
                yield from ((Message(text), f"{place}.py:{name}") for text in _words_of(value, seen))


def in_help_lines() -> Found:
    """The table of numbers to call: countries, and what is said of each line."""
    place = "therapy/safety/help_lines.json"
    for country, name in countries().items():
        yield from ((Message(text), place) for text in (name, *_of_lines(country)))


def _of_lines(country: str) -> Iterator[str]:
    for line in lines_of(country):
        yield from (line.name, line.hours, line.for_whom)


def _words_of(value: Any, seen: set[int]) -> Iterator[str]:
    if isinstance(value, type) and issubclass(value, Enum):
        yield from (str(member.label) for member in value if hasattr(member, "label"))
    elif isinstance(value, str):
        yield from [value] if _is_said(value) and not isinstance(value, Enum) else []
    elif id(value) in seen or isinstance(value, type):
        return
    else:
        seen.add(id(value))
        for part in _parts(value):
            # In a record and in a table even one small word is a label; among keys it is one only if it reads so.
            yield from [part] if type(part) is str and not isinstance(value, KEYS) else _words_of(part, seen)


def _parts(value: Any) -> Iterable[Any]:
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, one.name) for one in fields(value) if one.name not in NOT_WORDS]
    if isinstance(value, Mapping):
        return value.values()
    if isinstance(value, KEYS) or type(value).__name__ == "Shelf":
        return list(value)
    return ()


def _is_said(text: str) -> bool:
    return " " in text or text[:1].isupper()
