"""Questions in the reader's language: templates of `rules.asking` filled in; the notice's own question in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saiwu.rules.asking import Answer, Question, Standing
from saiwu.rules.rulebook import book as typed
from saiwu.web.choices import Language
from saiwu.web.english import ENGLISH

STATUS_WORDS: Mapping[str, str] = {"学生": "在校学生", "在职": "在职职工", "教师": "教师", "其他": "其他人员"}
"""As what somebody takes part, as the form says it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language."""

    language: Language

    def t(self, chinese: str) -> str:
        """A word of the software."""
        return ENGLISH.get(chinese, chinese) if self.language is Language.ENGLISH else chinese

    def said(self, template: str, about: Mapping[str, str]) -> str:
        """A template filled in."""
        return self.t(template).format(**about) if about else self.t(template)

    def ask(self, question: Question) -> str:
        """The question itself."""
        if question.own is not None:
            english = question.own.ask_en if self.language is Language.ENGLISH else None
            return english or question.own.ask or question.name
        return self.said(question.ask, question.about)

    def short(self, question: Question) -> str:
        """The question in a word or two."""
        return self.said(question.short, question.about) if question.short else self.ask(question)

    def hint(self, question: Question) -> str:
        """What helps to answer it; empty where nothing need be said."""
        hint = self.t(question.hint) if question.hint else ""
        if question.likely:
            hint += f"{self.t('本赛项的相关专业：')}{'、'.join(question.likely)}。"
        return hint

    def answer(self, answer: Answer) -> str:
        """One of its answers."""
        return self.said(answer.words, answer.about)

    def shown(self, question: Question, value: str) -> str:
        """What somebody has answered, as the check page shows it."""
        answer = question.answer(value)
        if answer is not None:
            return self.answer(answer)
        return f"{value}{self.t(' 个月') if question.ground else self.t(' 年') if question.fact == 'years' else ''}"

    def name(self, term: typed.Event | typed.Division, key: str) -> str:
        """The name of an event or division."""
        chinese = term.name or key
        if self.language is not Language.ENGLISH:
            return chinese
        return term.name_en or ENGLISH.get(chinese, chinese)

    def standing(self, event: typed.Event, standing: Standing) -> str:
        """As what somebody takes part: 在校学生, 学生组, or both where one status has several divisions."""
        status = self.t(STATUS_WORDS.get(standing.status or "", standing.status or ""))
        alone = sum(one == standing.division for one in event.divisions) and len(event.divisions) == 1
        division = "" if alone and status else self.name(event.divisions[standing.division], standing.division)
        return " · ".join(part for part in (status, division) if part)
