"use strict";
(() => {
  document.documentElement.classList.add("on");
  for (const section of document.querySelectorAll("section.rival")) {
    const select = section.querySelector("select.outcome");
    if (!select) continue;
    const rows = [...section.querySelectorAll(".bead")];
    const filter = () => {
      let shown = 0;
      for (const row of rows) {
        row.hidden = Boolean(select.value) && row.dataset.outcome !== select.value;
        shown += row.hidden ? 0 : 1;
      }
      section.querySelector("output").textContent =
        shown === rows.length ? `${rows.length} sentences` : `${shown} of ${rows.length}`;
    };
    select.addEventListener("input", filter);
    section.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    filter();
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const rows = [...document.querySelectorAll(".bead:not([hidden])")];
    const here = rows.indexOf(document.activeElement.closest(".bead"));
    const row = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
    if (!row) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center", behavior: "instant" });
  });
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = target && target.closest(".bead");
    if (!row || !row.hidden) return;
    const select = row.closest("section.rival").querySelector("select.outcome");
    select.value = "";
    select.dispatchEvent(new Event("input"));
    row.scrollIntoView({ block: "center", behavior: "instant" });
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
