"""A visitor with a phone: fills in what a screen asks and presses a button, carrying along what the page hides."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from saiwu.entries.statements import Statement

HOME = "/c/bayu-2025/"
FORM, LOOK_UP = f"{HOME}preregister/", f"{HOME}progress/"
PLACE = {"event": "iot", "standing": "学生", "unit": "示例学院甲"}
STUDIES = {"q-studies": "both", "q-in_region": "是"}


@dataclass
class Visitor:
    """One browser. `answer` is what the server said last."""

    client: Client = field(default_factory=Client)
    answer: HttpResponse | None = None

    @property
    def page(self) -> str:
        """The page that he sees."""
        assert self.answer is not None
        return self.answer.content.decode()

    @property
    def text(self) -> str:
        """Its words."""
        body = re.sub(r"<head>.*?</head>|<svg.*?</svg>", "", self.page, flags=re.DOTALL)
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body)))

    @property
    def title(self) -> str:
        """Its heading."""
        return re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", self.page)[1])

    @property
    def faults(self) -> list[str]:
        """What is told beside fields."""
        return [html.unescape(one) for one in re.findall(r'class="invalid-feedback"[^>]*>(.*?)</span>', self.page)]

    @property
    def hidden(self) -> dict[str, str]:
        """What the page carries along."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.page)
        return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}

    def open(self, path: str = FORM) -> Visitor:
        """Go there."""
        self.answer = self.client.get(path)
        return self

    def send(self, path: str = FORM, go: str = "next", **answers: Any) -> Visitor:
        """Press a button with what the page hides and what was filled in (`q_level` is the field `q-level`)."""
        said = {
            name.replace("q_", "q-", 1) if name.startswith("q_") else name: value for name, value in answers.items()
        }
        self.answer = self.client.post(path, {**self.hidden, **said, "go": go})
        return self

    def up_to_check(self, one: Statement, place: dict[str, str] = PLACE, proof: dict[str, str] = STUDIES) -> Visitor:
        """Fill in the first three screens."""
        self.open().send(**place)
        self.send(name=one.name, number=one.number, phone=one.phone, **{"q-place": one.facts["place"][0]})
        return self.send(**proof)

    def submit(self) -> Visitor:
        """Agree and submit; follow to the receipt."""
        self.send(go="submit", agree="1")
        return self.follow()

    def follow(self) -> Visitor:
        """Go where the answer leads."""
        assert self.answer is not None
        return self.open(self.answer.headers["Location"]) if self.answer.status_code == 302 else self

    @property
    def receipt(self) -> str:
        """The number on the receipt that he sees."""
        return re.sub(r"\D", "", re.search(r'sw-receipt__number">([0-9 ]+)<', self.page)[1])
