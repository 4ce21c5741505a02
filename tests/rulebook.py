"""Writes the rulebook of the method: every example of tests/spec as a sentence, with the example that holds it.

./kithwork rulebook          renew docs/reference/rulebook.md
./kithwork rulebook --check  say whether it is as the examples are; exit 1 where it is not
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[1]
SPEC, BOOK = ROOT / "tests" / "spec", ROOT / "docs" / "reference" / "rulebook.md"
MARK = "Rulebook: "
# The course first, in the order in which it is lived; any other chapter follows by its name.
ORDER = (
    "test_the_forms_of_ipt", "test_the_sessions", "test_the_story", "test_the_people", "test_how_it_goes_round",
    "test_the_four_difficulties", "test_the_problem_areas", "test_the_shared_picture", "test_goals_and_ratings",
    "test_the_contract", "test_the_countdown", "test_the_ending", "test_asking_about_safety", "test_the_words",
)  # fmt: skip
HEAD = """# The rulebook

What Kithwork holds of Interpersonal Psychotherapy, as sentences that a therapist would agree with. Below each stands
the example that holds it: it runs at every change, and where a sentence is no longer true, nothing is released.

This page is written from `tests/spec` by `./kithwork rulebook`. Whoever disagrees with a sentence changes its example.
"""


def rulebook() -> str:
    """The whole page."""
    chapters = sorted(SPEC.glob("test_*.py"), key=_place)
    contents = [f"- [{_title(path)}](#{_anchor(_title(path))})" for path in chapters]
    return "\n".join([HEAD, *contents, "", *("\n".join(_chapter(path)) for path in chapters)])


def _place(path: Path) -> tuple[int, str]:
    return (ORDER.index(path.stem) if path.stem in ORDER else len(ORDER), path.stem)


def _title(path: Path) -> str:
    return _sentence(path.stem).removesuffix(".")


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _chapter(path: Path) -> Iterator[str]:
    source = path.read_text()
    module = ast.parse(source)
    about = (ast.get_docstring(module) or "").removeprefix(MARK)
    yield from (f"## {_title(path)}", "", about[:1].upper() + about[1:], "")
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield from _rule(node, source)


def _rule(test: ast.FunctionDef, source: str) -> Iterator[str]:
    words = ast.get_docstring(test)
    yield from (f"**{words or _sentence(test.name)}**", "")
    for call in test.decorator_list:
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("parametrize"):
            yield from (*_cases(call), "")
    body = test.body[1:] if words else test.body
    lines = source.splitlines()[body[0].lineno - 1 : test.end_lineno]
    yield from ("```python", dedent("\n".join(lines)), "```", "")


def _sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}.".replace(" ipt", " IPT")


def _cases(call: ast.Call) -> Iterator[str]:
    """The cases of one rule as a table."""
    names, values = call.args[0], call.args[1]
    heads = [ast.literal_eval(names)] if isinstance(names, ast.Constant) else list(ast.literal_eval(names))
    heads = [part.strip() for head in heads for part in head.split(",")]
    if not isinstance(values, ast.List | ast.Tuple):
        yield f"For each of `{ast.unparse(values)}`:"
        return
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for value in values.elts:
        cells = value.elts if isinstance(value, ast.Tuple) and len(heads) > 1 else [value]
        yield "| " + " | ".join(f"`{ast.unparse(cell)}`".replace("|", "\\|") for cell in cells) + " |"


def main(words: list[str]) -> int:
    """Write the page, or say whether it is fresh."""
    fresh = rulebook()
    if "--check" not in words:
        BOOK.write_text(fresh)
        return 0
    if BOOK.exists() and BOOK.read_text() == fresh:
        return 0
    sys.stderr.write("docs/reference/rulebook.md is not as the examples are. Renew it: ./kithwork rulebook\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
