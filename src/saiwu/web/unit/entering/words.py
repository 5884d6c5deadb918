"""Questions as a unit is asked them of somebody else: without 您."""

from __future__ import annotations

from saiwu.rules.asking import Answer, Question


class OfAnother:
    """Says things of somebody else."""

    def t(self, chinese: str) -> str:
        """As it stands."""
        return chinese

    def ask(self, question: Question) -> str:
        """Without 您."""
        return question.ask.format_map(question.about).replace("您的", "").replace("您", "")

    def hint(self, question: Question) -> str:
        """本人 instead of 您."""
        return question.hint.format_map(question.about).replace("您", "本人")

    def answer(self, answer: Answer) -> str:
        """As it stands."""
        return answer.words.format_map(answer.about)


WORDS = OfAnother()
