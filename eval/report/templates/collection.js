"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  document.documentElement.classList.add("on");
  const body = byId("table").tBodies[0];
  const rows = [...body.rows];
  const heads = [...document.querySelectorAll("#table th[data-sort]")];
  const order = ["unusable", "poor", "usable", "good"];

  const value = (row, column) => {
    const text = row.cells[column].dataset.v;
    const name = heads[column].dataset.sort;
    if (name === "name") return text;
    return name === "grade" ? order.indexOf(text) : Number(text);
  };
  const sort = (column, down) => {
    const compare = (a, b) => {
      const one = value(a, column), other = value(b, column);
      const least = typeof one === "string" ? one.localeCompare(other) : one - other;
      return (down ? -least : least) || value(a, 0) - value(b, 0);
    };
    body.append(...rows.sort(compare));
    heads.forEach((head, index) => {
      if (index === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorter";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    // Counts of what is wrong are wanted largest first, all else smallest first.
    const largest = ["errors", "flagged", "sentences"].includes(head.dataset.sort);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(column, now ? now === "ascending" : largest);
    });
  });

  const find = byId("find"), grade = byId("grade"), kind = byId("kind"), lang = byId("lang"), gated = byId("gated");
  const fits = (row) =>
    (!grade.value || row.dataset.grade === grade.value)
    && (!kind.value || row.dataset.kinds.split(" ").includes(kind.value))
    && (!lang || !lang.value || row.dataset.lang === lang.value)
    && (!gated || !gated.checked || row.dataset.gated === "1")
    && row.dataset.found.includes(find.value.trim().toLowerCase());
  const filter = () => {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row);
      shown += row.hidden ? 0 : 1;
    }
    byId("tally").textContent = shown === rows.length ? `${rows.length} articles` : `${shown} of ${rows.length}`;
  };
  for (const control of [find, grade, kind, lang, gated]) if (control) control.addEventListener("input", filter);
  document.querySelector("form.bar").addEventListener("submit", (event) => event.preventDefault());
  filter();
})();
