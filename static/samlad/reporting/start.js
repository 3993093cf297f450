// The form of a report: saved while it is typed. Without this file it is saved by its button.

import { Cells } from "./cells.js";
import { useKeys, useOpening } from "./keys.js";
import { showLeft } from "./left.js";
import { showRatio } from "./numbers.js";
import { usePaste } from "./paste.js";
import { Saver } from "./saver.js";
import { Shown } from "./shown.js";
import { Store } from "./store.js";
import { Undo } from "./undo.js";

const form = document.querySelector("[data-report-form]");
if (form?.querySelector("[data-save]")) begin();

function begin() {
  document.documentElement.classList.add("scripted");
  const cells = new Cells(form);
  const store = new Store(form.dataset.person, form.dataset.report);
  const shown = new Shown(form, cells);
  const saver = new Saver(form, cells, store, shown);
  const undo = new Undo(form, cells, saver);
  const grid = form.querySelector("[data-grid]");
  if (grid) {
    useKeys(grid, cells, (cell, field) => openMore(cell, field));
    usePaste(grid, cells, saver, undo, shown);
    // Open where there are no scripts: here the way to it stands in the sentence.
    grid.querySelectorAll("details[data-to-explain]").forEach((details) => (details.open = false));
    addButtons(cells);
  } else {
    useOpening(form, cells);
  }
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-explain]");
    if (!link) return;
    event.preventDefault();
    explain(cells.of(link), link);
  });

  const ratios = form.querySelectorAll("[data-ratio]");
  ratios.forEach(showRatio);
  for (const kind of ["input", "settled"]) {
    form.addEventListener(kind, ({ target }) => {
      const ratio = target.closest("[data-ratio]");
      if (ratio) showRatio(ratio);
    });
  }
  form.addEventListener("input", ({ target }) => {
    if (cells.fields.has(target.name)) saver.typed(target);
  });
  form.addEventListener("change", ({ target }) => {
    if (cells.fields.has(target.name)) saver.typed(target, { now: true });
  });
  form.addEventListener("toggle", ({ target }) => target.open && showHistory(target), true);
  form.addEventListener("submit", (event) => submitted(event, saver, cells));

  comeBack(cells, store, saver);
}

/** What was typed before and not saved: the browser was closed, off line, or signed out. */
function comeBack(cells, store, saver) {
  if (form.querySelector("[data-grid]")) {
    // The whole report is here: what has no field is asked for no longer.
    const lost = Object.keys(store.all()).filter((name) => !cells.fields.has(name));
    showLeft(document.querySelector("[data-left]"), store, lost, "Uppgiften frågas inte efter längre.");
  }
  for (const [name, { text, seen }] of Object.entries(store.all())) {
    const field = cells.fields.get(name);
    if (!field) continue;
    if (text === cells.knownText(name)) {
      store.drop(name);
      continue;
    }
    field.value = text;
    cells.know({ [name]: seen });
    field.dispatchEvent(new CustomEvent("settled", { bubbles: true }));
  }
  for (const cell of saver.unsaved) {
    for (const field of cells.changed(cell)) saver.typed(field, { now: true });
  }
}

/** Both buttons: first everything is saved; then the report is handed in as it is saved. */
async function submitted(event, saver, cells) {
  if (form.dataset.ready) return;
  event.preventDefault();
  const button = event.submitter;
  const all = await saver.flush();
  if (button?.hasAttribute("data-submit") && (all || !saver.failures)) {
    // Saved already: what is handed in is what is saved. Otherwise the server says what is wrong.
    form.elements.seen.disabled = all;
    form.dataset.ready = "yes";
    // Not within the event that was stopped: the browser takes no new submission while it lasts.
    setTimeout(() => form.requestSubmit(button), 0);
    return;
  }
  const wrong = cells.all.find((cell) => Object.keys(cell.problems).length || cell.conflict) ?? saver.unsaved[0];
  if (!all && wrong) {
    const field = cells.fields.get(Object.keys(wrong.problems)[0]) ?? cells.changed(wrong)[0] ?? wrong.fields[0];
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  }
}

/** From a warning to the comment that explains it. */
function explain(cell, link) {
  const details = cell.more?.querySelector("details");
  if (details && !details.open) openMore(cell, link);
  document.getElementById(link.hash.slice(1))?.focus();
}

/** What belongs to a row: definition, history, comment. Opened and closed by the same key. */
function openMore(cell, from) {
  const details = cell.more?.querySelector("details");
  if (!details) return;
  details.open = !details.open;
  cell.more.classList.toggle("is-open", details.open);
  const button = cell.home.querySelector("[data-more]");
  button?.setAttribute("aria-expanded", String(details.open));
  if (!details.open) {
    (cell.returnTo ?? cell.fields[0]).focus();
    return;
  }
  cell.returnTo = cell.more.contains(from) ? cell.returnTo : from;
  details.querySelector("textarea")?.focus();
}

function addButtons(cells) {
  for (const cell of cells.all) {
    if (!cell.more) continue;
    const details = cell.more.querySelector("details");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button more-button";
    button.dataset.more = "";
    button.textContent = cell.more.querySelector(".has-words") ? "Mer, kommentar" : "Mer";
    const name = document.createElement("span");
    name.className = "visually-hidden";
    name.textContent = ` om ${cell.home.querySelector("th").textContent.trim()}`;
    button.append(name);
    button.setAttribute("aria-expanded", String(details.open));
    button.addEventListener("click", () => openMore(cell, button));
    cell.home.querySelector("[data-cell-state]").after(button);
    cell.more.classList.toggle("is-open", details.open);
    cell.more.addEventListener("keydown", (event) => {
      const leaves = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
      if (!leaves || !details.open) return;
      event.preventDefault();
      event.stopPropagation();
      openMore(cell, event.target);
    });
  }
}

async function showHistory(details) {
  const place = details.querySelector("[data-history]");
  const cell = details.closest("[data-cell], [data-more-of]");
  if (!place || !cell) return;
  const name = cell.dataset.cell ?? cell.dataset.moreOf;
  try {
    const response = await fetch(`${form.dataset.historyUrl}?ruta=${encodeURIComponent(name)}`, { redirect: "manual" });
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(...page.body.childNodes);
  } catch {
    place.textContent = "Historiken kunde inte hämtas just nu.";
  }
}
