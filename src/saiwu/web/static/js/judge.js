// The judge's page goes on without a network: what is confirmed stands in line in this page and is sent one by one,
// again and again until the server has answered. Sending twice is harmless: the server keeps one mark. The script carries
// values and keeps to the bounds of a field; what a mark is worth, and whether it may be given, the server says.
(() => {
  const sync = document.getElementById("sync");
  let current = document.querySelector(".sw-judge__sheet");
  if (!sync || !current) return;
  const say = sync.dataset;
  const RETRY_MS = 3000;
  const PATIENCE_MS = 15000;
  const sheets = new Map([[current.dataset.code, current]]);
  const line = [];
  const refused = new Map();
  let sending = null;
  let trouble = "";
  let last = null;
  let timer = 0;

  // ---- what stands in the document

  const all = (within, what) => [...within.querySelectorAll(what)];
  const partOf = (sheet, key) => all(sheet, "[data-part]").find((one) => one.dataset.part === key);
  const formOf = (part) => part.querySelector("form[data-mark]");

  const dress = (sheet) => {
    all(sheet, "[data-pad]").forEach((pad) => { pad.hidden = false; });
    all(sheet, "input[name=value]").forEach((field) => { field.inputMode = "none"; });
    return sheet;
  };

  const open = (part) => {
    all(part.closest(".sw-judge__sheet"), "[data-part]").forEach((one) => {
      const form = formOf(one);
      if (!form) return;
      const here = one === part;
      form.hidden = !here;
      one.classList.toggle("is-open", here);
      one.querySelector("[data-change]").hidden = here;
      form.querySelector("[data-why]").hidden = !form.elements.mark.value;
    });
    count(part.closest(".sw-judge__sheet"));
  };

  const focusOn = (part) => {
    const field = formOf(part).elements.value;
    field.focus();
    field.select();
    part.scrollIntoView({ block: "nearest" });
  };

  const openNext = (sheet) => {
    const next = all(sheet, "[data-part]").find((one) => one.dataset.seat === "open" && !("timed" in one.dataset));
    if (next) {
      open(next);
      focusOn(next);
      return;
    }
    count(sheet);
    const turn = sheet.querySelector(".sw-turn [rel=next]") || sheet.querySelector("h1");
    turn.focus();
  };

  const count = (sheet) => {
    const parts = all(sheet, "[data-part]").filter((one) => !("timed" in one.dataset));
    const left = parts.filter((one) => one.dataset.seat === "open").length;
    const said = sheet.querySelector("[data-left]");
    sheet.querySelector("[data-marked]").textContent = parts.filter((one) => one.dataset.seat === "marked").length;
    said.textContent = left ? said.dataset.some.replace("#", left) : said.dataset.none;
    all(sheet, "[data-dot]").forEach((dot) => {
      const part = partOf(sheet, dot.dataset.dot);
      dot.className = part.dataset.seat === "marked" ? "is-done" : part.classList.contains("is-open") ? "is-now" : "";
    });
  };

  const fault = (form, message, field = "value") => {
    form.querySelector(field === "reason" ? "[data-fault-reason]" : "[data-fault]").textContent = message;
    form.elements[field].setAttribute("aria-invalid", message ? "true" : "false");
  };

  const beyond = (form, whole) => {
    const written = form.elements.value.value.trim();
    if (!written) return whole ? say.none : "";
    if (!form.dataset.most) return "";
    if (!/^[0-9]+(\.[0-9]*)?$/.test(written)) return form.querySelector(".form-hint").textContent;
    if (Number(written) > Number(form.dataset.most)) return say.high;
    const fine = (written.split(".")[1] || "").replace(/0+$/, "");
    return fine.length > Number(form.dataset.decimals) ? say.fine : "";
  };

  // ---- the state of sending

  const show = () => {
    const [tone, icon, head, more] = state();
    sync.className = `sw-sync ${tone}`;
    sync.querySelector("use").setAttribute("href", `${say.icons}#i-${icon}`);
    sync.querySelector("b").textContent = head;
    const span = sync.querySelector("span");
    span.textContent = more;
    if (trouble === "out") {
      const link = document.createElement("a");
      link.href = say.signIn;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = say.again;
      span.append(" ", link);
    }
    refused.forEach((name, key) => {
      const link = document.createElement("a");
      const [code] = key.split(" ");
      link.href = sheets.get(code).dataset.address;
      link.dataset.turn = code;
      link.textContent = `${code} · ${name}`;
      span.append(" ", link);
    });
  };

  const state = () => {
    const held = line.length ? `${line.length} ${say.held}` : say.keep;
    const at = last ? `${say.last} ${last.toTimeString().slice(0, 5)}` : "";
    if (refused.size) return ["is-evidence", "alert", say.refused, line.length ? held : ""];
    if (trouble === "out") return ["is-evidence", "lock", say.out, held];
    if (trouble === "offline") return ["is-evidence", "offline", say.offline, `${held} ${at}`.trim()];
    if (line.length) return ["is-going", "upload", say.saving, ""];
    return last ? ["is-good", "ok", say.saved, at] : ["is-idle", "ok", say.each, ""];
  };

  // ---- sending

  const token = () => {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? found[1] : current.querySelector("[name=csrfmiddlewaretoken]").value;
  };

  const send = async () => {
    clearTimeout(timer);
    if (sending || !line.length) return;
    sending = line[0];
    show();
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), PATIENCE_MS);
    let answer = null;
    let body = null;
    try {
      answer = await fetch(sending.address, {
        method: "POST",
        body: new URLSearchParams(sending.fields),
        headers: { Accept: "application/json", "X-CSRFToken": token() },
        credentials: "same-origin",
        redirect: "manual",
        signal: stop.signal,
      });
      if (answer.ok || answer.status === 409) body = await answer.json();
    } catch {
      answer = null;
    }
    clearTimeout(patience);
    const item = sending;
    sending = null;
    if (body && body.saved) {
      trouble = "";
      last = new Date();
      line.shift();
      kept(item, body);
    } else if (body || (answer && answer.status === 404)) {
      trouble = "";
      line.shift();
      reopened(item, body || { message: say.refused, field: "value", mark: null });
    } else {
      trouble = answer && (answer.type === "opaqueredirect" || answer.status === 403) ? "out" : "offline";
      timer = setTimeout(send, RETRY_MS);
    }
    show();
    if (!trouble) send();
  };

  const kept = (item, body) => {
    const part = partOf(sheets.get(item.code), item.fields.part);
    const form = formOf(part);
    form.elements.mark.value = body.mark;
    if (waiting(item)) return;
    part.querySelector("[data-shown]").textContent = body.value;
    if (form.hidden) form.elements.value.value = body.value;
    form.querySelector("[data-why]").hidden = false;
    form.elements.reason.value = "";
  };

  const waiting = (item) => line.some((one) => one.code === item.code && one.fields.part === item.fields.part);

  const reopened = (item, body) => {
    const sheet = sheets.get(item.code);
    const part = partOf(sheet, item.fields.part);
    const form = formOf(part);
    if (body.mark) form.elements.mark.value = body.mark;
    else part.dataset.seat = "open";
    form.elements.value.value = item.fields.value;
    form.elements.reason.value = item.fields.reason;
    open(part);
    fault(form, body.message, body.field === "reason" ? "reason" : "value");
    refused.set(`${item.code} ${item.fields.part}`, form.dataset.name);
  };

  const confirmed = (form) => {
    const part = form.closest("[data-part]");
    const sheet = form.closest(".sw-judge__sheet");
    const fields = Object.fromEntries(["part", "mark", "judge", "value", "reason"].map((name) => [name, form.elements[name].value.trim()]));
    const item = { code: sheet.dataset.code, address: sheet.dataset.address, fields };
    const at = line.findIndex((one) => one !== sending && one.code === item.code && one.fields.part === fields.part);
    if (at >= 0) line[at] = item;
    else line.push(item);
    refused.delete(`${item.code} ${fields.part}`);
    part.dataset.seat = "marked";
    part.querySelector("[data-shown]").textContent = fields.value;
    const of = part.querySelector("[data-of]");
    if (of) of.textContent = "/";
    form.hidden = true;
    part.classList.remove("is-open");
    const change = part.querySelector("[data-change]");
    change.hidden = false;
    change.firstChild.textContent = say.changing;
    openNext(sheet);
    show();
    send();
  };

  // ---- going from code to code

  const go = (code, push) => {
    const sheet = sheets.get(code);
    if (!sheet) return false;
    current.replaceWith(sheet);
    current = dress(sheet);
    if (push) history.pushState(null, "", sheet.dataset.address);
    document.title = sheet.dataset.title;
    window.scrollTo(0, 0);
    const opened = sheet.querySelector("[data-part].is-open");
    if (opened) focusOn(opened);
    else sheet.querySelector("h1").focus();
    return true;
  };

  const fetchSheets = async () => {
    if (document.documentElement.dataset.sheets) return;
    try {
      const answer = await fetch(say.sheets, { credentials: "same-origin", redirect: "error" });
      if (!answer.ok) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      all(found, ".sw-judge__sheet").forEach((sheet) => {
        if (!sheets.has(sheet.dataset.code)) sheets.set(sheet.dataset.code, document.importNode(sheet, true));
      });
      document.documentElement.dataset.sheets = sheets.size;
    } catch {
      // tried again as soon as there is a network
    }
  };

  // ---- what the judge does

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-mark]");
    if (!form) return;
    event.preventDefault();
    fault(form, beyond(form, true));
    fault(form, form.elements.mark.value && !form.elements.reason.value.trim() ? say.why : "", "reason");
    const wrong = form.querySelector("[aria-invalid=true]");
    if (wrong) wrong.focus();
    else confirmed(form);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-mark]");
    if (form && event.target.name === "value") fault(form, beyond(form, false));
  });

  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-pad] button");
    if (key) {
      press(key);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const change = event.target.closest("[data-change]");
    if (change) {
      event.preventDefault();
      open(change.closest("[data-part]"));
      focusOn(change.closest("[data-part]"));
      return;
    }
    const turn = event.target.closest("[data-turn]");
    if (turn && go(turn.dataset.turn, true)) event.preventDefault();
  });

  const press = (key) => {
    const field = key.closest("form").elements.value;
    let [start, end] = [field.selectionStart, field.selectionEnd];
    const back = "back" in key.dataset;
    if (back && start === end) start = Math.max(0, start - 1);
    field.setRangeText(back ? "" : key.textContent, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const typing = event.target.closest("input");
    const way = { PageDown: "next", PageUp: "prev", ArrowRight: typing ? "" : "next", ArrowLeft: typing ? "" : "prev" }[event.key];
    const turn = way && current.querySelector(`.sw-turn [rel=${way}]`);
    if (!turn) return;
    event.preventDefault();
    turn.click();
  });

  window.addEventListener("popstate", () => {
    const sheet = [...sheets.values()].find((one) => one.dataset.address === location.pathname);
    if (sheet) go(sheet.dataset.code, false);
    else location.reload();
  });
  window.addEventListener("online", () => { trouble = ""; show(); fetchSheets(); send(); });
  window.addEventListener("offline", () => { trouble = "offline"; show(); });
  window.addEventListener("beforeunload", (event) => { if (line.length) event.preventDefault(); });

  dress(current);
  fetchSheets();
})();
