"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const beads = [...document.querySelectorAll(".bead")];
  document.documentElement.classList.add("on");

  const say = (text) => { byId("said").textContent = text; };
  const copy = async (text, button) => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "vh";
      document.body.append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
    }
    say(done ? "Copied" : "Could not copy");
    if (!button) return;
    const before = button.dataset.label || (button.dataset.label = button.textContent);
    button.textContent = done ? "Copied" : "Could not copy";
    setTimeout(() => { button.textContent = before; }, 1500);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy], button[data-copy-from]");
    if (!button) return;
    copy(button.dataset.copy ?? byId(button.dataset.copyFrom).textContent, button);
  });

  const severity = byId("severity"), kind = byId("kind"), tally = byId("tally");
  const fits = (bead) => {
    const severities = bead.dataset.severities, kinds = bead.dataset.kinds;
    const want = severity.value;
    if (want && (want === "any" ? !severities : !severities.split(" ").includes(want))) return false;
    return !kind.value || kinds.split(" ").includes(kind.value);
  };
  const filter = () => {
    let shown = 0;
    for (const bead of beads) {
      const keep = fits(bead);
      bead.hidden = !keep;
      shown += keep ? 1 : 0;
    }
    const filtered = Boolean(severity.value || kind.value);
    for (const group of document.querySelectorAll("details.marked")) {
      group.hidden = filtered && !group.querySelector(".bead:not([hidden])");
    }
    tally.textContent = filtered ? `${shown} of ${beads.length}` : `${beads.length} sentences`;
  };
  severity.addEventListener("change", filter);
  kind.addEventListener("change", filter);
  document.querySelector("form.bar").addEventListener("submit", (event) => event.preventDefault());
  filter();

  let here = -1;
  const go = (step) => {
    const found = beads.filter((bead) => bead.classList.contains("found") && !bead.hidden);
    if (!found.length) return;
    const focused = found.indexOf(document.activeElement.closest(".bead"));
    here = Math.min(Math.max((focused >= 0 ? focused : here) + step, 0), found.length - 1);
    const bead = found[here];
    const closed = bead.closest("details:not([open])");
    if (closed) closed.open = true;
    bead.focus({ preventScroll: true });
    bead.scrollIntoView({ block: "center", behavior: "instant" });
    say(`Sentence ${bead.id.slice(1)}`);
  };
  document.addEventListener("keydown", (event) => {
    if (!byId("keys").checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "c") {
      const bead = document.activeElement.closest(".bead");
      const button = bead && bead.querySelector("button[data-copy]");
      if (button) copy(button.dataset.copy, button);
    }
  });

  const reveal = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const bead = target.closest(".bead");
    if (bead && bead.hidden) { severity.value = ""; kind.value = ""; filter(); }
    const closed = target.closest("details:not([open])");
    if (closed) closed.open = true;
    if (!bead) return;
    // Rows that were never laid out have guessed heights: the second time the place is right.
    const show = () => target.scrollIntoView({ block: "center", behavior: "instant" });
    show();
    requestAnimationFrame(() => requestAnimationFrame(show));
  };
  addEventListener("hashchange", reveal);
  reveal();

  const box = document.querySelector(".command");
  if (box) {
    const picks = [...document.querySelectorAll(".pick input")];
    const write = () => {
      const out = picks.filter((pick) => pick.dataset.default === "1" && !pick.checked).map((pick) => pick.value);
      const extra = picks.some((pick) => pick.dataset.default === "0" && pick.checked);
      const chosen = picks.filter((pick) => pick.checked).map((pick) => pick.value);
      const options = extra ? chosen.map((id) => ` --only ${id}`) : out.map((id) => ` --skip ${id}`);
      byId("command").textContent = box.dataset.command + options.join("");
    };
    for (const pick of picks) pick.addEventListener("change", write);
    write();
  }
})();
