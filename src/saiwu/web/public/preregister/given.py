"""What travels from screen to screen: the answers so far, as hidden fields. Nothing is stored before the submit.

What has been checked last is signed, so that the submit takes it as it was shown and checks no form again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing
from django.http import QueryDict

from saiwu.privacy import chance
from saiwu.web.public.preregister.forms import ASKED

ANSWERS = ("event", "standing", "unit", "name", "number", "phone", "receipt", "last_four", "request")
LONGEST = 200
_CHECKED, _REQUEST = "saiwu.preregister.checked", "saiwu.preregister.request"


@dataclass(frozen=True, slots=True)
class Given:
    """Answers by the name of their field. `step`: the screen that was sent; `go`: which of its buttons was pressed.

    `checking`: the visitor came from the check page, and goes back there.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    step: int = 1
    go: str = "next"
    checking: bool = False

    @classmethod
    def of(cls, sent: QueryDict) -> Given:
        """As a form sent them; fields that no form has are passed over."""
        answers = {
            name: value
            for name in sent
            if (name in ANSWERS or name.startswith(ASKED)) and (value := str(sent[name]).strip()[:LONGEST])
        }
        step = sent.get("step", "1")
        return cls(
            answers, int(step) if step in ("1", "2", "3", "4") else 1, sent.get("go", "next"), "checking" in sent
        )

    def __getitem__(self, name: str) -> str:
        return self.answers.get(name, "")

    def with_answers(self, more: Mapping[str, Any]) -> Given:
        """With those of a form that was read."""
        return replace(self, answers={**self.answers, **{name: str(value or "") for name, value in more.items()}})

    def carried(self, shown: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """What goes along in hidden fields: all answers for which the screen has no field of its own."""
        for name, value in self.answers.items():
            if name not in shown and value:
                yield name, value

    def asked(self) -> dict[str, str]:
        """The answers to questions that follow from the rules, by the name of the question."""
        return {name[len(ASKED) :]: value for name, value in self.answers.items() if name.startswith(ASKED)}


def new_request() -> str:
    """The form's own key: the same submit sent twice gives the same receipt."""
    return signing.Signer(salt=_REQUEST).sign(chance.token(16).hex())


def request_of(signed: str) -> str | None:
    """The key that we gave out; None for anything else."""
    try:
        return signing.Signer(salt=_REQUEST).unsign(signed)
    except signing.BadSignature:
        return None


def sealed(checked: Mapping[str, Any]) -> str:
    """What was checked and shown, as the submit takes it."""
    return signing.dumps(dict(checked), salt=_CHECKED)


def unsealed(text: str) -> dict[str, Any] | None:
    """The same again; None where it is not ours."""
    try:
        found: dict[str, Any] = signing.loads(text, salt=_CHECKED, max_age=24 * 3600)
    except signing.BadSignature:
        return None
    return found
