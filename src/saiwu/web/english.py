"""The software's own words in English, by their Chinese (`english.txt`). Sentences of a notice, reasons and names stay.

A test holds that every word of a template stands there; what does not would be shown in Chinese. There ␣ is a space at
an end, ∅ a word that English does without.
"""

from pathlib import Path

_LINES = (Path(__file__).parent / "english.txt").read_text("utf-8").splitlines()

ENGLISH: dict[str, str] = {
    chinese: "" if english == "∅" else english.replace("␣", " ")
    for chinese, english in (line.split(" = ", 1) for line in _LINES)
}
