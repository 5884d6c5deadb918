"""The software's own words in English, by their Chinese: one file a door (`public.txt`, `unit.txt`, …), and one for
what several show (`shared.txt`).

Sentences of a notice, reasons and names stay. A test holds that every word of a template stands there; what does not
would be shown in Chinese. There ␣ is a space at an end, ∅ a word that English does without.
"""

from pathlib import Path


def _read() -> dict[str, str]:
    words: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line:
                chinese, english = line.split(" = ", 1)
                words[chinese] = "" if english == "∅" else english.replace("␣", " ")
    return words


ENGLISH: dict[str, str] = _read()
