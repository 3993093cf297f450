// What was typed in a report that can no longer be filled in, or in a field that is not there any
// more: shown to be read and copied, until the person takes it away. Nothing is dropped unseen.

import { element } from "./shown.js";
import { Store } from "./store.js";

const place = document.querySelector("[data-left]");
if (place && !document.querySelector("[data-report-form] [data-save]")) {
  const store = new Store(place.dataset.person, place.dataset.report);
  showLeft(place, store, Object.keys(store.all()), "Rapporten kan inte fyllas i längre.");
}

/** names: of the kept fields that have no place on the page. */
export function showLeft(box, store, names, why) {
  const kept = store.all();
  const said = names.filter((name) => kept[name]?.text).map((name) => [kept[name].label || name, kept[name].text]);
  for (const name of names) if (!kept[name]?.text) store.drop(name);
  if (!box || !said.length) return;
  const list = element("dl", "facts left-words");
  for (const [label, text] of said) list.append(element("dt", "", label), element("dd", "", text));
  const copy = button("Kopiera alltihop");
  const told = element("span", "soft");
  told.setAttribute("role", "status");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(said.map(([label, text]) => `${label}: ${text}`).join("\n"));
      told.textContent = "Kopierat.";
    } catch {
      told.textContent = "Webbläsaren kopierade inte. Markera texten och kopiera den själv.";
    }
  });
  const forget = button("Ta bort från webbläsaren");
  forget.addEventListener("click", () => {
    for (const name of names) store.drop(name);
    box.replaceChildren();
    box.hidden = true;
  });
  const actions = element("div", "actions");
  actions.append(copy, forget, told);
  box.className = "notice notice-caution";
  box.setAttribute("role", "alert");
  box.hidden = false;
  box.replaceChildren(
    element("h2", "", "Det här skrev du, och det är inte sparat"),
    element("p", "", `${why} Texten finns kvar i den här webbläsaren, så att du kan kopiera den.`),
    list,
    actions,
  );
}

function button(words) {
  const made = element("button", "btn btn-outline-primary btn-sm", words);
  made.type = "button";
  return made;
}
