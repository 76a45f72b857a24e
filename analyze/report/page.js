"use strict";
// Tables can be sorted by a click on a head, and longer ones filtered. Without this script they read as they are.
addEventListener("DOMContentLoaded", () => {
  const text = (row, i) => (row.cells[i] ? row.cells[i].textContent.trim() : "");
  const number = (s) => {
    const found = /^[✕✓!]?\s*[-+]?\d[\d,]*(\.\d+)?/.exec(s);
    return found ? parseFloat(found[0].replace(/[^\d.+-]/g, "")) : NaN;
  };
  const compare = (a, b) => {
    const x = number(a), y = number(b);
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
  };
  const sort = (table, heads, i) => {
    const head = heads[i], falls = head.getAttribute("aria-sort") === "ascending" ||
      (!head.hasAttribute("aria-sort") && head.classList.contains("n"));
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", falls ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => (falls ? -1 : 1) * compare(text(a, i), text(b, i)));
    table.tBodies[0].append(...rows);
  };
  const addFilter = (table) => {
    const rows = [...table.tBodies[0].rows], label = document.createElement("label");
    const input = document.createElement("input"), count = document.createElement("output");
    label.className = "filter";
    input.type = "search";
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        shown += !row.hidden;
      }
      count.textContent = wanted ? shown + " of " + rows.length : "";
    });
    label.append("Filter ", input, count);
    table.before(label);
  };
  for (const table of document.querySelectorAll("table")) {
    const heads = [...table.tHead.rows[0].cells];
    if (table.tBodies[0].rows.length < 2) continue;
    heads.forEach((head, i) => {
      if (!head.textContent) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, heads, i));
    });
    if (table.tBodies[0].rows.length > 8) addFilter(table);
  }
});
