"""One case as it is written, and what is found wrong with it, each fault at the place where the writer can mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from saiwu.rules.rulebook.faults import Faults, Place, quoted
from saiwu.rules.rulebook.trees import walk
from saiwu.rules.rulebook.values import NotAllowed
from saiwu.rules.rulebook.yaml import BROKEN, Node, read

FILE = "cases.yaml"
GIVEN = ("facts", "entries", "results")
_KEYS = ("case", "event", "division", *GIVEN, "expect", "note")
_SENTENCE = "说明这个示例的一句话"
_CONCLUSIONS = "规则、奖项或参赛编号，及其结论"


@dataclass(slots=True)
class Case:
    """A case, what is wrong with it, and what it asks for that is 待定."""

    node: Node
    wrong: Faults = field(default_factory=Faults)
    waiting: Faults = field(default_factory=Faults)

    @property
    def sentence(self) -> str:
        """The case as messages name it."""
        said = self.node.get("case")
        return f"示例{quoted(said.text)}" if said is not None and said.text and said.text != BROKEN else "示例"

    @property
    def can_be_judged(self) -> bool:
        """Nothing is wrong with it, what YAML refused included, and nothing that it asks for is 待定."""
        return not self.wrong.found and not self.waiting.found and not is_broken(self.node)

    def place_of(self, key: str) -> Place:
        """Where a key of the case stands, or should: told at the case's first line."""
        return Place(FILE, self.node.place.line, f"{self.node.place.key}.{key}".lstrip("."))

    def say(self, node: Node, message: str) -> None:
        """That something is wrong here."""
        self.wrong.say(node.place, message)

    def lacks(self, key: str, allowed: str) -> None:
        """That a key is missing."""
        self.wrong.add(self.place_of(key), "缺少", allowed)

    def wait(self, node: Node, what: str) -> None:
        """That something which is asked for here is 待定; `what` says so."""
        self.waiting.say(node.place, f"{what}，{self.sentence}暂不核对")

    def refers_to_nothing(self, node: Node, message: str, *, pending: bool) -> None:
        """That a name is not known: wrong, unless it may yet be what is 待定 (§18)."""
        if pending:
            self.wait(node, "所指待定")
        else:
            self.say(node, message)

    @contextmanager
    def reading(self, node: Node) -> Iterator[None]:
        """What is not allowed within is told here."""
        try:
            yield
        except NotAllowed as error:
            self.say(node, str(error))

    def is_mapping(self, node: Node, what: str, allowed: str) -> bool:
        """Whether keys and values stand here; told where they should and do not."""
        if not node.is_mapping and node.value != BROKEN:
            self.say(node, f"应是{what}，允许：{allowed}")
        return node.is_mapping


def written_in(text: str, faults: Faults) -> list[Case]:
    """The cases of a file; what its YAML refuses goes to `faults`."""
    tree = read(text, FILE, faults)
    if tree is None or not tree.value:
        return []
    if not isinstance(tree.value, list):
        faults.add(Place(FILE, 1, ""), "应是一列示例", "每个示例以“- case: ”起头")
        return []
    return [
        Case(Node(Place(FILE, node.place.line, str(number)), node.value)) for number, node in enumerate(tree.items, 1)
    ]


def look_over(case: Case) -> None:
    """What is wrong with a case whatever the rules: its keys."""
    node = case.node
    if not case.is_mapping(node, "一个示例", " ".join(_KEYS)):
        return
    unknown = [value for key, value in node.entries.items() if key not in _KEYS]
    for value in unknown:
        case.say(value, f"不认识的键，允许：{' '.join(_KEYS)}")
    said = node.get("case")
    if said is None:
        case.lacks("case", _SENTENCE)
    elif said.text is None:
        case.say(said, f"应是一句话，允许：{_SENTENCE}")
    given = [key for key in GIVEN if key in node.entries]
    # A key that is not known may be the one that was meant: then that is told alone.
    if len(given) > 1 or not (given or unknown):
        case.say(node, f"{case.sentence}：应给出一种条件，允许：{'、'.join(GIVEN)}之一")
    expect = node.get("expect")
    if expect is None:
        case.lacks("expect", _CONCLUSIONS)
    elif not expect.entries and expect.value != BROKEN:
        case.say(expect, f"没有写应得的结论，允许：{_CONCLUSIONS}")


def is_broken(node: Node) -> bool:
    """Whether something here has a fault already, so that nothing else complains of it."""
    return any(inner.value == BROKEN for inner in walk(node))


def read_by_key(node: Node) -> Iterator[tuple[str, Node]]:
    """The keys and values written here, but those that are broken."""
    return ((key, value) for key, value in node.entries.items() if not is_broken(value))


def plain_value(node: Node) -> object:
    """What is written there: text, a list or a mapping of such."""
    if node.is_mapping:
        return plain_values(node)
    return node.text if node.text is not None else [plain_value(item) for item in node.items]


def plain_values(node: Node) -> Mapping[str, object]:
    """What is written there, by key."""
    return {key: plain_value(value) for key, value in node.entries.items()}


def words_of(node: Node) -> set[str]:
    """A list's words; 无 is none, one word alone a list of one."""
    if node.text is not None:
        return set() if node.is_none else {node.text}
    return {item.text or "" for item in node.items}
