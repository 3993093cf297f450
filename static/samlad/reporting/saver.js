// Saves cells one at a time, and tries again until it has succeeded or been told why not.

import { freshForm, send } from "../sending.js";
import { sameText } from "./cells.js";
import { element } from "./shown.js";

const AFTER_TYPING = 1200;
const LONGEST_WAIT = 60_000;
const PATIENCE = 30_000;
// Nobody may write here any more.
const CLOSED = [403, 423];

export class Saver {
  constructor(form, cells, store, shown) {
    this.form = form;
    this.cells = cells;
    this.store = store;
    this.shown = shown;
    this.queue = new Set();
    this.busy = false;
    this.failures = 0;
    this.ended = "";
    this.timer = 0;
    this.listeners = [];
    addEventListener("online", () => this.again());
    addEventListener("focus", () => this.failures && this.again());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.failures) this.again();
    });
    addEventListener("beforeunload", (event) => {
      if (!this.store.works && this.unsaved.length) event.preventDefault();
    });
  }

  get unsaved() {
    return this.cells.all.filter((cell) => this.cells.changed(cell).length);
  }

  /** A field has got another content. now: it is left, and need not wait for more typing. */
  typed(field, { now = false } = {}) {
    const cell = this.cells.of(field);
    if (this.cells.isChanged(field)) {
      this.keep(field, this.cells.knownText(field.name));
    } else {
      this.store.drop(field.name);
    }
    this.consider(cell, now);
  }

  keep(field, seen) {
    this.store.keep(field.name, field.value, seen, this.cells.describe(field));
  }

  consider(cell, now = true) {
    clearTimeout(cell.later);
    cell.oddly = 0;
    if (!this.cells.changed(cell).length) {
      this.queue.delete(cell);
      cell.conflict = null;
      // Left after it was saved, or taken back: what was said of the saving is still true.
      this.shown.cell(cell, cell.savedWords ? "saved" : "", cell.savedWords);
      this.shown.notes(cell);
      this.tell();
      return;
    }
    if (cell.conflict) return;
    this.shown.cell(cell, "waiting", "Inte sparat än");
    this.queue.add(cell);
    this.tell();
    clearTimeout(this.timer);
    if (this.failures) return; // there is a time for the next attempt already
    this.timer = setTimeout(() => this.pump(), now ? 0 : AFTER_TYPING);
  }

  /** Save all there is now. Answers whether everything is saved. */
  async flush() {
    for (const cell of this.unsaved) this.queue.add(cell);
    if (this.queue.size && !this.ended) {
      this.failures = 0;
      clearTimeout(this.timer);
      await new Promise((resolve) => {
        this.listeners.push(resolve);
        this.pump();
      });
    }
    return !this.unsaved.length;
  }

  again() {
    if (this.ended) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pump(), 0);
  }

  async pump() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    try {
      while (this.queue.size && !this.ended) {
        const [cell] = this.queue;
        this.queue.delete(cell);
        if (!(await this.save(cell))) {
          this.queue.add(cell);
          break;
        }
      }
    } finally {
      this.busy = false;
      this.tell();
      for (const done of this.listeners.splice(0)) done();
    }
  }

  /** Save one cell. Answers false when it is to be tried again later. */
  async save(cell) {
    if (!this.cells.changed(cell).length || cell.conflict) return true;
    const waits = this.cells.waitsFor(cell);
    if (waits) {
      this.shown.cell(cell, "waiting", "Inte sparat än");
      this.shown.notes(cell, { waits });
      return true;
    }
    const { texts, seen } = this.cells.payload(cell);
    this.shown.cell(cell, "sending", "Sparar…");
    this.tell();
    const { how, status, ok, told } = await send(
      this.form.dataset.saveUrl,
      new URLSearchParams({
        csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value,
        cell: cell.name,
        seen: JSON.stringify(seen),
        ...texts,
      }),
    );
    if (how === "unreached") return this.retry(cell, "Ingen kontakt med Samlad.");
    if (how === "signed-out") return this.signedOut(cell);
    if (how === "away") return this.retry(cell, "Samlad svarar inte just nu.");
    if (status === 403 && !told) return this.renew(cell);
    if (this.failures) this.shown.problem();
    this.failures = 0;
    if (ok && told) this.saved(cell, texts, told);
    else if (status === 409 && told) this.disputed(cell, told);
    else if (status === 422 && told) this.refused(cell, told);
    else if (CLOSED.includes(status) && told) this.end(cell, told.message);
    else this.odd(cell, status, told?.message);
    return true;
  }

  /** An answer that nobody had thought of, about one cell: said there, and the others go on. */
  odd(cell, status, words) {
    this.shown.cell(cell, "wrong", "Inte sparat");
    cell.oddly = (cell.oddly ?? 0) + 1;
    const passes = status < 400 || status >= 500;
    const more = passes
      ? "Det du skrev står kvar, och ett nytt försök görs om en stund."
      : "Det du skrev står kvar. Ladda om sidan och försök igen.";
    const said = `${words ?? "Samlad kunde inte ta emot det här."} ${more}`;
    this.shown.notes(cell, { problems: { [this.cells.changed(cell)[0].name]: said } });
    if (!passes) return;
    clearTimeout(cell.later);
    cell.later = setTimeout(() => {
      this.queue.add(cell);
      this.again();
    }, Math.min(LONGEST_WAIT, 2000 * 2 ** cell.oddly));
  }

  saved(cell, sent, answer) {
    this.form.elements.revision.value = answer.revision;
    for (const [name, text] of Object.entries(answer.saved)) {
      const field = this.cells.fields.get(name);
      if (!field) continue;
      const wasSent = name in sent;
      const untouched = wasSent ? field.value === sent[name] : !this.cells.isChanged(field);
      if (wasSent) this.store.drop(name, sent[name]);
      this.cells.know({ [name]: text });
      // What the other categories hold may be somebody else's; what is being typed stays.
      if (untouched && field !== document.activeElement && !sameLook(field.value, text)) {
        field.value = text;
        field.dispatchEvent(new CustomEvent("settled", { bubbles: true }));
      }
    }
    cell.home.toggleAttribute("data-filled", answer.filled);
    this.shown.progress();
    this.shown.warn(cell, answer);
    this.lastSaved = answer.at;
    cell.savedWords = answer.at ? `Sparat ${answer.at}` : "Sparat";
    if (this.cells.changed(cell).length) {
      this.consider(cell, false);
    } else {
      this.shown.cell(cell, "saved", cell.savedWords);
    }
  }

  refused(cell, { problems = {}, message = "" }) {
    this.shown.cell(cell, "wrong", "Ska rättas");
    const named = Object.keys(problems).some((name) => this.cells.fields.has(name));
    const said = message || !named ? { [cell.fields[0].name]: message || Object.values(problems).join(" ") } : problems;
    this.shown.notes(cell, { problems: said });
  }

  disputed(cell, answer) {
    cell.conflict = answer;
    this.shown.cell(cell, "wrong", "Två har skrivit");
    this.shown.notes(cell);
    this.shown.conflict(cell, answer, (mine) => {
      this.cells.know(answer.theirs);
      cell.conflict = null;
      for (const name of Object.keys(answer.theirs)) {
        const field = this.cells.fields.get(name);
        if (!field) continue;
        if (!mine) field.value = answer.theirs[name];
        this.store.drop(name);
        if (mine && this.cells.isChanged(field)) this.keep(field, answer.theirs[name]);
        field.dispatchEvent(new CustomEvent("settled", { bubbles: true }));
      }
      this.shown.notes(cell);
      this.consider(cell);
      cell.fields[0].focus();
    });
  }

  retry(cell, words) {
    this.failures += 1;
    this.shown.cell(cell, "waiting", "Väntar på kontakt");
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** (this.failures - 1)) * (0.8 + Math.random() * 0.4);
    const button = element("button", "btn btn-outline-primary btn-sm", "Försök nu");
    button.type = "button";
    button.addEventListener("click", () => this.again());
    const kept = this.store.works
      ? "Det du skriver finns kvar i webbläsaren och sparas när kontakten är tillbaka."
      : "Låt sidan vara öppen: webbläsaren kan inte spara åt dig.";
    this.shown.problem(`${words} ${kept}`, button);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pump(), wait);
    return false;
  }

  signedOut(cell) {
    this.failures += 1;
    this.shown.cell(cell, "waiting", "Väntar på inloggning");
    const link = element("a", "", "Logga in igen");
    link.href = this.form.dataset.signIn;
    this.shown.problem(
      "Du har blivit utloggad. Det du skriver finns kvar i webbläsaren och sparas när du har loggat in igen.",
      link,
    );
    return false;
  }

  /** The page's token has been changed by a new sign-in: take the new one from a fresh page. */
  async renew(cell) {
    const { how, form: fresh } = await freshForm("[data-report-form]");
    if (how === "unreached") return this.retry(cell, "Ingen kontakt med Samlad.");
    if (how === "signed-out") return this.signedOut(cell);
    if (fresh?.dataset.person !== this.form.dataset.person) {
      const words = fresh ? "Någon annan är inloggad i webbläsaren nu." : "Rapporten kan inte fyllas i längre.";
      this.end(cell, `${words} Ladda om sidan.`);
      return true;
    }
    const token = fresh.querySelector("[name=csrfmiddlewaretoken]").value;
    if (token === this.form.elements.csrfmiddlewaretoken.value || this.renewed) {
      return this.retry(cell, "Samlad tog inte emot det du skrev.");
    }
    this.form.elements.csrfmiddlewaretoken.value = token;
    this.renewed = true;
    setTimeout(() => (this.renewed = false), PATIENCE);
    return this.save(cell);
  }

  /** Nothing more can be saved here: what was typed stays to be read and copied. */
  end(cell, words) {
    this.ended = words;
    this.queue.clear();
    this.shown.cell(cell, "wrong", "Inte sparat");
    for (const field of this.cells.fields.values()) {
      if (field.tagName === "SELECT" || field.type === "checkbox") field.setAttribute("aria-disabled", "true");
      else field.readOnly = true;
    }
    this.shown.problem(`${words} Det som inte är sparat står kvar på sidan, så att du kan kopiera det.`);
  }

  tell() {
    const number = this.unsaved.length;
    if (this.ended) this.shown.bar("Inte sparat");
    else if (this.busy && number) this.shown.bar("Sparar…");
    else if (number) this.shown.bar(number === 1 ? "1 uppgift är inte sparad än" : `${number} uppgifter är inte sparade än`);
    else this.shown.bar(this.lastSaved ? `Sparat ${this.lastSaved}` : this.shown.atFirst);
  }
}

function sameLook(one, other) {
  return one === other || (sameText(one, other) && one.trim() === other);
}
