// Saves a text while it is written: <form data-autosave="URL" data-keep="PERSON WHAT"> with the
// hidden field `revision` and an element [data-save-state] that says how it goes. What is not saved
// yet is also kept in the browser, so that a closed tab, a lost network or a session that has ended
// loses nothing. The form's own buttons save too, and work without JavaScript.
//
// data-unsaved="yes": the page came back with words that could not be saved.
// A form with data-keep alone shows two texts to choose between, and is sent by its buttons only.
import { Store } from "./reporting/store.js";
import { freshForm, send } from "./sending.js";

const AFTER_TYPING = 1500;
const LONGEST_WAIT = 30_000;
// No right, not there any more, closed: what no later attempt will save.
const FINAL = [400, 403, 404, 413, 423];
const WORDS = {
  unreached: "Inte sparat än: ingen kontakt med Samlad. Texten finns kvar här, och ett nytt försök görs.",
  away: "Inte sparat än. Texten finns kvar här, och Samlad försöker igen.",
  "signed-out":
    "Du är utloggad. Texten finns kvar i den här webbläsaren. Logga in i en annan flik, så sparas den när du är tillbaka här.",
};
const SEE_WHY = "Det gick inte att spara. Tryck på Spara för att se varför.";

class Autosave {
  constructor(form) {
    this.form = form;
    this.said = form.querySelector("[data-save-state]");
    this.others = document.querySelector("[data-others]");
    this.store = new Store(...form.dataset.keep.split(" "));
    this.fields = [...form.querySelectorAll("textarea[name], select[name]")];
    this.refused = form.dataset.unsaved === "yes";
    // What the server holds, by the field's name; null where that is not known.
    this.saved = new Map(this.fields.map((field) => [field.name, this.refused ? null : asServed(field)]));
    this.busy = false;
    this.stopped = false;
    this.renewed = false;
    this.failures = 0;
    this.timer = 0;
    // A button that was pressed: it goes on when what is unsaved has come home, or the save that
    // is on its way would stand in the way of the person's own.
    this.pressed = null;
    this.leaving = false;
    // Pressed once more after no answer came: then the browser itself is to send the form.
    this.insists = false;
  }

  begin() {
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("change", () => this.isUnsaved && !this.failures && this.wait(0));
    this.form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("online", () => this.again());
    addEventListener("focus", () => this.failures && this.again());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.failures) this.again();
    });
    addEventListener("beforeunload", (event) => {
      if (this.leaving || !this.isUnsaved) return;
      if (!this.stopped) this.save();
      event.preventDefault();
    });
    addEventListener("pageshow", () => {
      this.leaving = false;
    });
    if (!this.refused) this.takeUp();
  }

  get unsaved() {
    return this.fields.filter((field) => field.value !== this.saved.get(field.name));
  }

  get isUnsaved() {
    return this.unsaved.length > 0;
  }

  say(state, words) {
    this.said.dataset.saveState = state;
    if (this.said.textContent !== words) this.said.textContent = words;
  }

  wait(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), time);
  }

  again() {
    if (this.isUnsaved) this.wait(0);
  }

  typed() {
    for (const field of this.fields) {
      const saved = this.saved.get(field.name);
      if (field.value === saved) this.store.drop(field.name);
      else this.store.keep(field.name, field.value, saved);
    }
    if (!this.isUnsaved) {
      this.say("", "");
    } else if (!this.stopped) {
      if (!this.busy && !this.failures) this.say("waiting", "Inte sparat än");
      if (!this.failures) this.wait(AFTER_TYPING);
    }
  }

  async save() {
    if (this.busy || this.stopped || !this.isUnsaved) return;
    clearTimeout(this.timer);
    this.busy = true;
    this.say("saving", "Sparar …");
    let outcome = await this.attempt();
    if (outcome === "renew") outcome = (await this.renew()) ? await this.attempt() : "answered";
    this.busy = false;
    if (this.pressed) this.goOn(outcome);
  }

  /** Send what there is now. Answers what became of it; "renew" when the page's token is old. */
  async attempt() {
    const texts = new Map(this.fields.map((field) => [field.name, field.value]));
    const body = new URLSearchParams(new FormData(this.form));
    body.set("autosave", "1");
    const { how, status, told } = await send(this.form.dataset.autosave, body);
    if (how !== "answered") {
      this.fail(how);
    } else if (told?.saved) {
      this.settle(texts, told);
    } else if (told) {
      // What breaks a rule can be put right; where somebody was first the button shows both texts.
      this.stopped = Boolean(told.conflict) || FINAL.includes(status);
      this.failures = 0;
      this.say("stopped", told.problem ?? SEE_WHY);
    } else if (status === 403 && !this.renewed) {
      return "renew";
    } else if (FINAL.includes(status)) {
      this.stopped = true;
      this.say("stopped", SEE_WHY);
    } else {
      this.fail("away");
    }
    return how;
  }

  settle(texts, told) {
    this.failures = 0;
    this.renewed = false;
    this.insists = false;
    this.form.elements.revision.value = told.revision;
    for (const [name, text] of texts) {
      this.saved.set(name, text);
      this.store.drop(name, text);
    }
    if (this.others && told.others) {
      this.others.querySelector("[data-others-names]").textContent = told.others.join(", ");
      this.others.hidden = told.others.length === 0;
    }
    if (this.isUnsaved) this.typed();
    else this.say("saved", told.said ?? "Sparat");
  }

  fail(how) {
    this.failures += 1;
    this.say("waiting", WORDS[how]);
    this.wait(Math.min(LONGEST_WAIT, AFTER_TYPING * 2 ** this.failures));
  }

  /** After a new sign-in in another tab. Answers whether there is a new token to save with. */
  async renew() {
    const { how, form } = await freshForm("form[data-autosave]");
    const own = form?.dataset.keep === this.form.dataset.keep;
    if (how !== "answered") {
      this.fail(how);
      return false;
    }
    if (!own) {
      this.stopped = true;
      this.say("stopped", "Det går inte att spara här längre. Texten finns kvar, så att du kan kopiera den.");
      return false;
    }
    this.form.elements.csrfmiddlewaretoken.value = form.elements.csrfmiddlewaretoken.value;
    this.renewed = true;
    return true;
  }

  submitted(event) {
    if (this.leaving) return;
    const nothingToWaitFor = !this.busy && (this.stopped || this.insists || !this.isUnsaved);
    if (nothingToWaitFor) {
      this.leaving = true;
      clearTimeout(this.timer);
      return;
    }
    event.preventDefault();
    this.pressed = { button: event.submitter };
    this.save();
  }

  goOn(outcome) {
    const { button } = this.pressed;
    this.pressed = null;
    if (outcome !== "answered") {
      this.insists = true;
      return;
    }
    this.leaving = true;
    clearTimeout(this.timer);
    this.form.requestSubmit(button);
  }

  /** What was written here before and never reached the server. */
  takeUp() {
    const kept = this.store.all();
    let taken = false;
    for (const field of this.fields) {
      const one = kept[field.name];
      const saved = this.saved.get(field.name);
      if (!one || isSame(one.text, saved)) {
        this.store.drop(field.name);
      } else if (isSame(one.seen, saved)) {
        put(field, one.text);
        taken = true;
      } else {
        this.offer(field, one.text);
      }
    }
    if (taken) this.say("waiting", "Det du skrev sist hann inte sparas. Det står i fältet nu.");
    if (this.isUnsaved) this.wait(AFTER_TYPING);
  }

  /** Somebody has written since: the kept text is shown, and put in the field if one wants it. */
  offer(field, text) {
    const box = document.createElement("div");
    box.className = "notice notice-caution";
    const what = document.createElement("p");
    what.textContent = "Du skrev något här som inte hann sparas, och texten har ändrats sedan dess. Så här skrev du:";
    const words = document.createElement("pre");
    words.className = "kept-text";
    words.textContent = wordsOf(field, text);
    const take = makeButton("Lägg till i fältet", () => {
      put(field, [field.value, text].filter(Boolean).join(isRich(field) ? "" : "\n\n"));
      this.typed();
      box.remove();
      field.focus();
    });
    const forget = makeButton("Kasta", () => {
      this.store.drop(field.name);
      box.remove();
      field.focus();
    });
    const actions = document.createElement("div");
    actions.className = "actions";
    actions.append(take, forget);
    box.append(what, words, actions);
    this.form.before(box);
  }
}

function asServed(field) {
  if (field.tagName !== "SELECT") return field.defaultValue;
  const options = [...field.options];
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? "";
}

/** Rich text comes back from the server with other space between its elements. */
function isSame(one, other) {
  const bare = (text) => (text ?? "").replace(/>\s+</g, "><").trim();
  return bare(one) === bare(other);
}

const isRich = (field) => "djangoProseEditorSamlad" in field.dataset;

/** As it reads: a choice by its name, rich text without its marks. */
function wordsOf(field, text) {
  if (field.tagName === "SELECT") return [...field.options].find((o) => o.value === text)?.text ?? "";
  if (!isRich(field)) return text;
  const lines = text.replace(/<\/(p|li|h\d|blockquote)>|<br[^>]*>/g, "$&\n");
  return new DOMParser().parseFromString(lines, "text/html").body.textContent.trim();
}

/** Into the field, and into the editor that stands in its place. */
function put(field, text) {
  field.value = text;
  field.dispatchEvent(new CustomEvent("samlad:put"));
}

function makeButton(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-outline-primary btn-sm";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const autosave = new Autosave(form);
  if ("autosave" in form.dataset) autosave.begin();
  // Which text is to stand is chosen now: nothing older is to be offered later.
  else form.addEventListener("submit", () => autosave.fields.forEach(({ name }) => autosave.store.drop(name)));
}
