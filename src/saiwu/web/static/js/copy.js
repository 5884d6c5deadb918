// A button that copies a field of the page, shown only where a script can do so.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const told = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Only pages by https may write to the clipboard; elsewhere the selection can be copied the old way.
      if (!document.execCommand("copy")) return;
    }
    told.textContent = button.dataset.done;
  });
}
