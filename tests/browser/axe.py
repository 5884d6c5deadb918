"""axe-core in the page that is open: what it finds against WCAG 2.2 AA and its best practices.

The file is vendored as released (`vendor/manifest.json`); it is part of the tests alone, never of the software.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

VENDOR = Path(__file__).parent / "vendor"
SCRIPT = (VENDOR / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]


def violations(page: Page, *, colours: bool = False) -> list[str]:
    """Each violation with its first places: `color-contrast: .sw-muted | …`. `colours`: of the rules on colours alone."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT)  # the debugger's door: the page's own policy lets no foreign script in
    found = page.evaluate(
        """only => axe.run(document, {runOnly: only, resultTypes: ['violations']})
           .then(result => result.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]))""",
        {"type": "rule", "values": OF_COLOUR} if colours else {"type": "tag", "values": RULES},
    )
    return [f"{rule}: {' | '.join(places)}" for rule, places in found]
