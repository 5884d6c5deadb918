// The review desk: the queue stays where it was, the number of conclusions still to be drawn is told while typing, and a
// picture can be enlarged and turned.
(() => {
  const queue = document.querySelector(".sw-queue");
  if (queue) {
    const kept = sessionStorage.getItem("queue");
    if (kept !== null) queue.scrollTop = Number(kept);
    const current = queue.querySelector("[aria-current]");
    if (current && queue.scrollHeight > queue.clientHeight) {
      const top = current.offsetTop - queue.offsetTop;
      if (top < queue.scrollTop || top + current.offsetHeight > queue.scrollTop + queue.clientHeight) {
        queue.scrollTop = top - queue.clientHeight / 3;
      }
    }
    window.addEventListener("pagehide", () => sessionStorage.setItem("queue", String(queue.scrollTop)));
  }

  const why = document.getElementById("why");
  const form = document.getElementById("accept");
  const fields = form ? [...form.elements].filter((one) => one.name && one.name.startsWith("seen-")) : [];
  if (why && fields.length) {
    const button = form.querySelector("button");
    const barred = button.getAttribute("aria-disabled") === "true";
    const tell = () => {
      const left = fields.filter((one) => !one.value.trim()).length;
      if (barred) return;
      const text = left ? why.dataset.left.replace("#", String(left)) : why.dataset.none;
      if (why.textContent !== text) why.textContent = text;
      button.setAttribute("aria-disabled", left ? "true" : "false");
    };
    fields.forEach((one) => one.addEventListener("input", tell));
    form.addEventListener("submit", (event) => {
      const empty = fields.find((one) => !one.value.trim());
      if (empty) {
        event.preventDefault();
        empty.focus();
      }
    });
    tell();
  }

  document.querySelectorAll("[data-picture]").forEach((bar) => {
    const figure = document.getElementById(bar.dataset.picture);
    if (!figure) return;
    bar.hidden = false;
    let turn = 0;
    bar.querySelector("[data-zoom]").addEventListener("click", (event) => {
      const large = figure.classList.toggle("is-large");
      event.currentTarget.setAttribute("aria-pressed", String(large));
    });
    bar.querySelector("[data-turn]").addEventListener("click", () => {
      figure.classList.remove(`is-turned-${turn}`);
      turn = (turn + 90) % 360;
      figure.classList.add(`is-turned-${turn}`);
    });
  });
})();
