// What is typed and not saved yet, kept in the browser: by person and report, a field at a time.
// It goes when the field is saved. Two tabs share it, so it is read anew before each change.

export class Store {
  constructor(person, report) {
    this.key = `samlad:osparat:${person}:${report}`;
    this.works = true;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "{}");
    } catch {
      this.works = false;
      return {};
    }
  }

  /** label: what the field is called, for when it is no longer on the page. */
  keep(name, text, seen, label = "") {
    const kept = this.all();
    // What was seen when the writing began is what a conflict is told by.
    kept[name] = { text, seen: kept[name]?.seen ?? seen, label };
    this.write(kept);
  }

  /** Forget a field, if what is kept is what was saved; without a text, whatever is kept. */
  drop(name, text) {
    const kept = this.all();
    if (!(name in kept) || (text !== undefined && kept[name].text !== text)) return;
    delete kept[name];
    this.write(kept);
  }

  write(kept) {
    try {
      if (Object.keys(kept).length) localStorage.setItem(this.key, JSON.stringify(kept));
      else localStorage.removeItem(this.key);
      this.works = true;
    } catch {
      this.works = false;
    }
  }
}
