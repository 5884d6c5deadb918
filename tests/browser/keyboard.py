"""A page that is used by keys alone. Whoever does so must see at every step where he is, and can always go on."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import ElementHandle, Locator, Page

MOST = 250
"""No page has so many stops for Tab."""

FOCUSED = """
(wanted) => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return {nowhere: true};
  const style = getComputedStyle(one);
  const faults = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("no ring of focus");
  const boxes = [...one.getClientRects()].filter((box) => box.width >= 4 && box.height >= 4);
  if (!boxes.length) faults.push("too small to be seen");
  const hit = boxes.some((box) => [0.5, 0.1, 0.9].some((share) => {
    const [x, y] = [box.left + box.width * share, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    return top && (one.contains(top) || (top.contains(one) && top.closest("label")));
  }));
  if (boxes.length && !hit) faults.push("outside the window, or something lies on it");
  window.walked ??= [];
  let stop = window.walked.indexOf(one);
  if (stop < 0) stop = window.walked.push(one) - 1;
  const group = one.type === "radio" ? one.name : "";
  return {
    there: one === wanted, near: Boolean(group) && Boolean(wanted) && wanted.type === "radio" && wanted.name === group,
    nowhere: false, stop, faults, what: one.outerHTML.replace(/\\s+/g, " ").slice(0, 120),
  };
}
"""
STOPS = """
() => {
  const groups = new Map();
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(
    (one) => !one.disabled && one.type !== "hidden" && one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true})
      && !(one.tagName === "SUMMARY" && one.parentElement.querySelector("summary") !== one));
  const alone = all.filter((one) => one.type !== "radio");
  const radios = new Set(all.filter((one) => one.type === "radio").map((one) => one.name));
  const passed = (window.walked || []).filter((one) => one.type === "radio").map((one) => one.name);
  return [
    ...alone.filter((one) => !(window.walked || []).includes(one)).map((one) => one.outerHTML.slice(0, 120)),
    ...[...radios].filter((name) => !passed.includes(name)),
  ];
}
"""


class Keyboard:
    """The keyboard of somebody who has nothing else. At each stop of Tab it is checked that he sees where he is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, target: Locator, key: str = "Tab") -> None:
        """Go to it by Tab (or `Shift+Tab`)."""
        handle = target.element_handle()
        for _ in range(MOST):
            if self._here(handle).get("there"):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not lead to {target}")

    def type(self, target: Locator, text: str) -> None:
        """Go to a field and write in it, instead of what it holds."""
        self.to(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go to a link, a button or a field and press a key that leads to another page."""
        self.to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def tick(self, target: Locator) -> None:
        """Go to a box and tick it."""
        self.to(target)
        self.page.keyboard.press("Space")
        assert target.is_checked()

    def choose(self, target: Locator) -> None:
        """One of several answers: Tab leads to the question, an arrow from answer to answer."""
        handle = target.element_handle()
        for _ in range(MOST):
            found = self._here(handle)
            if found.get("there"):
                break
            self.page.keyboard.press("ArrowDown" if found.get("near") else "Tab")
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def select(self, target: Locator) -> None:
        """The first answer of a list to pull down."""
        self.to(target)
        self.page.keyboard.press("ArrowDown")
        assert target.input_value()

    def round(self) -> list[str]:
        """Tab goes from the top of the page to its end, past everything that can be used, and on to the top again; and one
        step back is possible from anywhere. What is missed or holds the focus."""
        self.page.evaluate("window.walked = []; document.querySelector('.sw-skip').focus()")
        stops: list[int] = []
        for _ in range(MOST):
            found = self._here(None)
            if found["nowhere"] or (stops and found["stop"] == 0):
                break
            if found["stop"] in stops:
                return [f"Tab goes in a circle at {found['what']}"]
            stops.append(found["stop"])
            self.page.keyboard.press("Tab")
        else:
            return ["Tab does not come to an end"]
        missed: list[str] = self.page.evaluate(STOPS)
        self.page.keyboard.press("Shift+Tab")
        back = self._here(None)
        if back.get("stop") not in stops[-2:]:
            missed.append(f"Shift+Tab does not lead back to the end, but to {back.get('what')}")
        return missed

    def _here(self, wanted: ElementHandle | None) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(FOCUSED, wanted)
        faults = found.get("faults", [])
        assert faults == [], f"{faults}: {found['what']} of {self.page.url}"
        return found
