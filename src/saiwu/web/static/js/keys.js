// Keys are a help: what stands on the page with data-key="x" is pressed, opened or focused by that key, never while
// somebody types. Nothing here decides anything; every target works by itself.
(() => {
  const typing = (target) => target.closest && target.closest("input, textarea, select, [contenteditable]");

  const find = (key) => {
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    return all.find((one) => one.matches("input, textarea") && !one.value) || all[0];
  };

  const press = (one) => {
    if (one.matches("details")) {
      one.open = true;
      const field = one.querySelector("input:not([type=hidden]), textarea, select") || one.querySelector("summary");
      field.focus();
      field.scrollIntoView({ block: "nearest" });
    } else if (one.matches("input, textarea, select")) {
      one.focus();
      one.scrollIntoView({ block: "nearest" });
    } else if (one.getAttribute("aria-disabled") !== "true") {
      one.focus();
      one.click();
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const field = typing(event.target);
      const details = event.target.closest && event.target.closest("details[data-key]");
      if (details) {
        details.open = false;
        details.querySelector("summary").focus();
      } else if (field) {
        field.blur();
      }
      return;
    }
    if (typing(event.target)) return;
    const one = find(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (one) {
      event.preventDefault();
      press(one);
    }
  });
})();
