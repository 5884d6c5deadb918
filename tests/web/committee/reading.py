"""What a page says, without its marks."""

from __future__ import annotations

import html
import re


def words(response) -> str:
    """The text of the main part of a page, without blanks."""
    body = response.content.decode()
    found = re.search(r"<main.*?</main>", body, re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", found[0] if found else body)
    return re.sub(r"\s+", "", html.unescape(text))


def title(response) -> str:
    """The first heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", found[1]))).strip()
