// Saves a text while it is written: <form data-autosave="URL" data-keep="PERSON:WHAT"> with one
// textarea, a hidden field `revision` and an element [data-save-state] that says how it goes. What
// is not saved yet is also kept in the browser, so that a closed tab, a lost network or a session
// that has ended loses nothing. The form's own button saves too, and works without JavaScript.
import { Store } from "./reporting/store.js";

const AFTER_TYPING = 1500;
const LONGEST_WAIT = 30_000;
const PATIENCE = 30_000;
// What cannot be saved by trying again: no right, gone, closed, somebody else was first, a rule.
const FINAL = [400, 403, 404, 409, 422, 423];

const form = document.querySelector("form[data-autosave]");
if (form) begin(form);

function begin(form) {
  const field = form.querySelector("textarea");
  const revision = form.querySelector('[name="revision"]');
  const said = form.querySelector("[data-save-state]");
  const store = new Store(...form.dataset.keep.split(" "));
  let saved = field.defaultValue;
  let busy = false;
  let stopped = false;
  let submitted = false;
  let failures = 0;
  let timer = 0;

  const isUnsaved = () => field.value !== saved;

  const say = (state, words) => {
    said.dataset.saveState = state;
    if (said.textContent !== words) said.textContent = words;
  };

  const wait = (time) => {
    clearTimeout(timer);
    timer = setTimeout(save, time);
  };

  async function save() {
    if (busy || stopped || submitted || !isUnsaved()) return;
    busy = true;
    const text = field.value;
    say("saving", "Sparar …");
    const body = new FormData(form);
    body.set(field.name, text);
    let answer = null;
    let told = {};
    try {
      answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) told = await answer.json();
    } catch {
      answer = null;
    }
    busy = false;
    if (submitted) return;
    if (answer?.ok && "revision" in told) {
      failures = 0;
      saved = text;
      revision.value = told.revision;
      store.drop(field.name, text);
      if (isUnsaved()) later();
      else say("saved", told.at ? `Sparat ${told.at}` : "Sparat");
    } else if (answer?.type === "opaqueredirect") {
      stopped = true;
      say("stopped", "Du är utloggad. Texten finns kvar i den här webbläsaren. Logga in i en annan flik och tryck på Spara.");
    } else if (answer && FINAL.includes(answer.status)) {
      // After a rule is broken, or somebody was first, the button shows it with both texts.
      stopped = answer.status !== 422;
      say("stopped", told.message ?? "Det gick inte att spara. Tryck på Spara för att se varför.");
    } else {
      failures += 1;
      say("waiting", "Inte sparat än. Texten finns kvar här, och Samlad försöker igen.");
      wait(Math.min(LONGEST_WAIT, AFTER_TYPING * 2 ** failures));
    }
  }

  function later() {
    store.keep(field.name, field.value, saved);
    if (stopped) return;
    if (!busy && !failures) say("waiting", "Inte sparat än");
    if (!failures) wait(AFTER_TYPING);
  }

  field.addEventListener("input", () => {
    if (isUnsaved()) {
      later();
    } else {
      store.drop(field.name);
      say("", "");
    }
  });
  field.addEventListener("change", () => isUnsaved() && !failures && wait(0));
  addEventListener("online", () => isUnsaved() && wait(0));
  form.addEventListener("submit", () => {
    submitted = true;
    clearTimeout(timer);
  });
  addEventListener("beforeunload", (event) => {
    if (!submitted && isUnsaved()) {
      if (!stopped && !busy) save();
      event.preventDefault();
    }
  });
  addEventListener("pageshow", () => {
    submitted = false;
  });

  // What was written here before and never reached the server.
  const kept = store.all()[field.name];
  if (!kept || form.dataset.unsaved === "yes") return;
  if (kept.text === saved) {
    store.drop(field.name);
  } else if (kept.seen === saved) {
    field.value = kept.text;
    say("waiting", "Det du skrev sist hann inte sparas. Det står i fältet nu.");
    wait(AFTER_TYPING);
  } else {
    offer(kept.text);
  }

  /** Somebody has written since: the kept text is shown, and put in the field if one wants it. */
  function offer(text) {
    const box = document.createElement("div");
    box.className = "notice notice-caution";
    const what = document.createElement("p");
    what.textContent = "Du skrev något här som inte hann sparas, och texten har ändrats sedan dess. Så här skrev du:";
    const words = document.createElement("pre");
    words.className = "kept-text";
    words.textContent = text;
    const take = button("Lägg till i fältet", () => {
      field.value = [field.value, text].filter(Boolean).join("\n\n");
      later();
      box.remove();
      field.focus();
    });
    const forget = button("Kasta", () => {
      store.drop(field.name);
      box.remove();
      field.focus();
    });
    const actions = document.createElement("div");
    actions.className = "actions";
    actions.append(take, forget);
    box.append(what, words, actions);
    form.before(box);
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-primary btn-sm";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }
}
