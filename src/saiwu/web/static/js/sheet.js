// A column copied from a table is spread over the fields below; Enter goes to the next field instead of sending.
(() => {
  const cells = [...document.querySelectorAll("[data-cell]")];
  cells.forEach((cell, place) => {
    cell.addEventListener("paste", (event) => {
      const lines = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "").split("\n");
      if (lines.length < 2) return;
      event.preventDefault();
      lines.slice(0, cells.length - place).forEach((line, step) => {
        cells[place + step].value = line.split("\t").pop().trim();
      });
      cells[Math.min(place + lines.length, cells.length) - 1].focus();
    });
    cell.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && cells[place + 1]) {
        event.preventDefault();
        cells[place + 1].focus();
      }
    });
  });
})();
