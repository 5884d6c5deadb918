"""The house as it is built agrees with its map: who may know whom, who may write, what no code may say."""

from __future__ import annotations

import ast
import configparser
import inspect
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

import saiwu
from saiwu.cli import COMMANDS
from saiwu.rules.procedure import PROCEDURE
from saiwu.rules.rulebook import load

ROOT = Path(__file__).parents[1]
SOURCE = Path(saiwu.__file__).parent
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


@cache
def floors() -> tuple[str, ...]:
    """The rooms in the order of dependence, the first knows nothing of the others."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", "utf-8")
    return tuple(reversed(contracts["importlinter:contract:floors"]["layers"].split()))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def named(path: Path) -> str:
    return str(path.relative_to(SOURCE))


# ---- rows


def relations() -> Iterator[tuple[type[models.Model], models.Field, type[models.Model]]]:
    for model in apps.get_app_config("saiwu").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, (models.ForeignKey, models.OneToOneField, models.ManyToManyField)):
                yield model, field, field.related_model


def room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_a_relation_points_to_the_same_room_or_an_earlier_one():
    order = floors().index
    upwards = [
        f"{model.__name__}.{field.name} -> {to.__name__}"
        for model, field, to in relations()
        if to._meta.app_label == "saiwu" and order(room(to)) > order(room(model))
    ]
    assert upwards == []


def test_audit_keeps_plain_keys_of_whom_it_speaks():
    outside = [
        f"{model.__name__}.{field.name}" for model, field, to in relations() if room(model) == "audit" != room(to)
    ]
    assert outside == []


def test_the_rows_of_all_rooms_are_known_to_the_one_app():
    written = {
        node.name
        for path in MODULES
        if path.name == "models.py" or path.parent.name == "models"
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base) in ("models.Model", "AbstractBaseUser") for base in node.bases)
    }
    assert {model.__name__ for model in apps.get_app_config("saiwu").get_models()} == written


# ---- verbs

VERB = re.compile(rf"({'|'.join(sorted({verb.split('.')[0] for verb in PROCEDURE}))})\.[a-z_]+")


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in MODULES:
        yield from ((path, node) for node in tree(path).body if isinstance(node, ast.FunctionDef))


def is_action(function: ast.FunctionDef) -> bool:
    return any(isinstance(decorator, ast.Name) and decorator.id == "action" for decorator in function.decorator_list)


def verbs_in(node: ast.AST) -> set[str]:
    """Verbs that a piece of code hands to a function."""
    arguments = [
        argument
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
    ]
    texts = {one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {text for text in texts if VERB.fullmatch(text)}


def test_every_verb_of_the_procedure_is_done_by_exactly_one_action():
    done = Counter(verb for _, function in functions() if is_action(function) for verb in verbs_in(function))
    assert done == Counter(PROCEDURE.keys())


def test_no_code_names_a_verb_that_the_procedure_does_not_know():
    unknown = {
        f"{named(path)}: {verb}"
        for path in MODULES
        if "actions" in str(path)
        for verb in verbs_in(tree(path)) - PROCEDURE.keys()
    }
    assert unknown == set()


def test_an_action_takes_named_arguments_only_and_says_what_it_does():
    silent = []
    for path, function in functions():
        if is_action(function):
            arguments = function.args
            positional = [*arguments.posonlyargs, *arguments.args, *([arguments.vararg] if arguments.vararg else [])]
            if positional or not (function.name.startswith("_") or ast.get_docstring(function)):
                silent.append(f"{named(path)}:{function.lineno} {function.name}")
    assert silent == []


@pytest.mark.parametrize("module", ["accounts", "competitions", "entries", "checkin", "marking", "results"])
def test_a_verb_that_a_room_offers_takes_named_arguments_only_and_says_what_it_does(module):
    room_ = import_module(f"saiwu.{module}.actions")
    offered = {name: getattr(room_, name) for name in room_.__all__ if inspect.isfunction(getattr(room_, name))}
    assert offered
    wrong = {
        name
        for name, verb in offered.items()
        if not inspect.getdoc(verb)
        or any(one.kind is not one.KEYWORD_ONLY for one in inspect.signature(verb).parameters.values())
    }
    assert wrong == set()


WRITES = {"create", "bulk_create", "update_or_create", "get_or_create", "bulk_update", "delete", "save"}


def test_a_door_never_writes_a_row():
    written = [
        f"{named(path)}:{call.lineno}"
        for path in MODULES
        if path.relative_to(SOURCE).parts[0] in ("web", "cli")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and "objects" in ast.unparse(call.func.value)
    ]
    assert written == []


# ---- floors


def test_the_floors_hold():
    program = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


TAKES_IN = re.compile(r'\{% (?:extends|include) "([^"]+)"')


def test_a_page_is_made_of_templates_of_its_own_door_and_of_shared_ones():
    web = SOURCE / "web"
    taken = [(path, name) for path in web.rglob("*.html") for name in TAKES_IN.findall(path.read_text("utf-8"))]
    taken += [
        (path, text)
        for path in MODULES
        if path.is_relative_to(web)
        for _, text in texts_of_code(path)
        if re.fullmatch(r"[a-z_/]+\.html", text)
    ]
    foreign = [
        f"{named(path)}: {name}"
        for path, name in taken
        if name.split("/")[0] not in ("shared", path.relative_to(web).parts[0])
    ]
    assert len(taken) > 200
    assert foreign == []


def test_no_contract_is_waived():
    text = (ROOT / ".importlinter").read_text("utf-8")
    assert "ignore_imports" not in text
    assert "unmatched_ignore" not in text


CLOCKS = re.compile(
    r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time|timezone\.now|random\.|secrets\.|os\.environ)"
)


def test_no_rule_and_no_document_reads_a_clock_a_setting_or_chance():
    reads = [
        f"{named(path)}: {match[0]}"
        for path in MODULES
        if path.relative_to(SOURCE).parts[0] in ("rules", "documents")
        for match in CLOCKS.finditer(ast.unparse(tree(path)))
    ]
    assert reads == []


PURE = [
    (["retirement", "1970-05", "--category", "male"], 0),
    (["rulebook", "check", "qingshi-2026"], 0),
    (["rulebook", "explain", "qingshi-2026"], 0),
    (["roster", "check", "{room}/list.csv", "--notice", "bayu-2025", "--on", "2025-09-01"], 0),
    (["draw", "commit", "--secret-file", "{room}/secret"], 0),
    (["audit", "verify", "{room}/trail.jsonl"], 0),
]


@pytest.mark.parametrize(
    ("command", "code"), PURE, ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else ""
)
def test_who_needs_no_database_does_not_wait_for_django(command, code, tmp_path):
    (tmp_path / "list.csv").write_text("姓名,证件号码\n", "utf-8")
    (tmp_path / "trail.jsonl").write_text("")
    arguments = [part.replace("{room}", str(tmp_path)) for part in command]
    asked = f"import sys; from saiwu.cli import main; code = main({arguments!r}); print(code, 'django' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert told.stdout.splitlines()[-1] == f"{code} False", told.stderr


def test_every_command_has_its_module_and_every_module_that_runs_is_a_command():
    modules = {path.stem: path for path in (SOURCE / "cli").glob("*.py")}
    modules |= {path.parent.name: path for path in (SOURCE / "cli").glob("*/__init__.py")}
    runs = {name for name, path in modules.items() if any(node.name == "run" for node in functions_of(path))}
    assert runs == set(COMMANDS)
    assert all(inspect.isfunction(import_module(f"saiwu.cli.{name}").run) for name in runs)


def functions_of(path: Path) -> list[ast.FunctionDef]:
    return [node for node in tree(path).body if isinstance(node, ast.FunctionDef)]


# ---- what no code may say

CLAUSE = re.compile(r"(?<![\w.])[一二三四五六七八九十]\.(?:[0-9]+[a-z]?|[一二三四五六七八九十](?:\.[0-9]+)?)(?![\w.])")
A_START = "rules/rulebook/new.py"
"""What `saiwu rulebook new` writes: its comments show the writer what the key of a clause looks like."""


def texts_of_code(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module but its docstrings (of modules, classes, functions, and beneath what they explain)."""
    explained = {
        id(node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield node.lineno, node.value


@cache
def names_of_notices() -> frozenset[str]:
    """Events, hosts, organisers and names of the notices that ship."""
    names: set[str] = set()
    for folder in (SOURCE / "notices").iterdir():
        book = load(folder).book if (folder / "notice.yaml").is_file() else None
        if book is None:
            continue
        names |= {
            book.head.name or "",
            book.head.number or "",
            *(book.head.organisation.organisers if book.head.organisation else ()),
        }
        for event in book.events.values():
            names |= {event.name or "", event.host or "", *(stage.venue or "" for stage in event.stages.values())}
    return frozenset(name for name in names if len(name) > 3)


def test_no_clause_of_a_notice_is_written_in_code():
    cited = [
        f"{named(path)}:{line} {text}"
        for path in MODULES
        if named(path) != A_START
        for line, text in texts_of_code(path)
        if CLAUSE.search(text)
    ]
    assert cited == []


def test_no_name_of_a_notice_is_written_in_code():
    names = names_of_notices()
    assert len(names) > 30
    told = [
        f"{named(path)}:{line} {name}"
        for path in MODULES
        for line, text in texts_of_code(path)
        for name in names
        if name in text
    ]
    assert told == []


# ---- files

LONGEST = 450
LONGER = {
    "src/saiwu/rules/rulebook/values.py": "all value types of the language side by side, as its §2 has them",
}
"""File -> why it is longer than the others."""


def test_a_file_is_no_longer_than_a_reader_can_hold():
    folders = ("src/saiwu", "tests", "benchmarks", "docs")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    long = {str(path.relative_to(ROOT)) for path in files if len(path.read_text("utf-8").splitlines()) > LONGEST}
    assert long == set(LONGER)


DRAWERS = {"utils.py", "helpers.py", "common.py", "misc.py"}


def test_no_file_is_a_drawer_for_odds_and_ends():
    assert [
        named(path) for path in MODULES if path.name in DRAWERS or path.parent.name in ("utils", "helpers", "common")
    ] == []


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError")
    found = [f"{named(path)}: {match[0]}" for path in MODULES for match in marks.finditer(path.read_text("utf-8"))]
    assert found == []


# ---- the two front doors


def commands_of(readme: str) -> list[str]:
    """Commands in the order in which a README's code names them."""
    text = (ROOT / readme).read_text("utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.M | re.S)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    return re.findall(r"\b(?:make|saiwu) [a-z]+", "\n".join([*blocks, *inline]))


def test_both_readmes_name_the_same_commands_and_pages():
    english, chinese = "README.md", "README.zh-CN.md"
    assert commands_of(english) == commands_of(chinese)
    assert {"make run", "make test"} <= set(commands_of(english))
    links = [
        re.findall(r"\]\(([^)]+)\)", (ROOT / name).read_text("utf-8").replace(".zh-CN.md", ".md"))
        for name in (english, chinese)
    ]
    assert links[0] == links[1]


def test_make_knows_what_the_readmes_name():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.M))
    named_ = {command.split()[1] for command in commands_of("README.md") if command.startswith("make ")}
    assert named_ <= targets
