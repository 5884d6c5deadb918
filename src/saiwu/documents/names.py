"""Names of persons as documents print them.

The registered name is printed exactly; what is mended is only what no eye can see, and the dot inside the names of many
ethnic groups, which keyboards write in seven ways and ID cards in one (U+00B7).
"""

from __future__ import annotations

import re

from saiwu.documents.text import one_line

DOT = "·"
_DOTS = re.compile(r"\s*[·•‧∙⋅・･]\s*")


def printed(name: str) -> str:
    """One line, one kind of dot, no white space round it or at the ends; a space between Latin words stays one."""
    return _DOTS.sub(DOT, re.sub(r"\s+", " ", one_line(name)))


def listed(names: tuple[str, ...]) -> str:
    """Several names in one line: 张三、李四."""
    return "、".join(printed(name) for name in names)
