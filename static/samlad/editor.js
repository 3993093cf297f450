// Makes a textarea into a rich-text editor: a small set of formats, Swedish words, an accessible
// name, spell-checking, and no style written into the page (the content security policy forbids
// it; what the editor needs stands in editor.css). The server cleans whatever comes; this file is
// a help for the one who writes. Without JavaScript the textarea is there as it is.
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Editor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  ListItem,
  Node,
  OrderedList,
  Paragraph,
  Text,
} from "django-prose-editor/editor";

// As papers/forms.py has it.
const MAX_BODY = 200_000;
const TOO_LONG =
  "Texten är för lång för ett avsnitt. Den står kvar här, men sparas inte förrän den är kortare.";
const SAFE_ADDRESS = /^(https?:\/\/|mailto:)\S+$/i;

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

// Link dialog ---------------------------------------------------------------------------------

function askForLink(editor) {
  if (editor.state.selection.empty && !editor.isActive("link")) {
    say(editor, "Markera först de ord som ska bli en länk.");
    return;
  }
  const title = element("h2", { id: "lank-rubrik" }, "Länk");
  const input = element("input", {
    id: "lank-adress",
    class: "form-control",
    type: "text",
    inputmode: "url",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "lank-fel",
  });
  input.value = editor.getAttributes("link").href || "";
  const label = element("label", { class: "form-label", for: "lank-adress" }, "Adress");
  const problem = element("p", { id: "lank-fel", class: "editor-problem", "aria-live": "polite" });
  const use = element("button", { class: "btn btn-primary", type: "submit" }, "Använd");
  const cancel = element("button", { class: "btn btn-outline-primary", type: "button" }, "Avbryt");
  const buttons = element("div", { class: "actions" }, use, cancel);
  const form = element("form", { method: "dialog", novalidate: "" }, title, label, input, problem, buttons);
  const dialog = element("dialog", { class: "editor-dialog", "aria-labelledby": "lank-rubrik" }, form);
  if (editor.isActive("link")) {
    const remove = element("button", { class: "link-button", type: "button" }, "Ta bort länken");
    remove.addEventListener("click", () => {
      editor.chain().extendMarkRange("link").unsetLink().run();
      dialog.close();
    });
    buttons.append(remove);
  }
  cancel.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    const href = input.value.trim();
    if (!SAFE_ADDRESS.test(href)) {
      event.preventDefault();
      problem.textContent = "Skriv en adress som börjar med https://, http:// eller mailto:.";
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    editor.chain().extendMarkRange("link").setLink({ href }).run();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    editor.commands.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}

const LinkWithOurDialog = Link.extend({
  addKeyboardShortcuts() {
    return {
      "Mod-k": ({ editor }) => {
        askForLink(editor);
        return true;
      },
    };
  },
});

// Footnotes -----------------------------------------------------------------------------------

// To the server a footnote is the words "[Fotnot: …]" where its number stands; here it is a number
// that is pressed to change the note. What the note says is rich text without paragraphs.
const NOTE = "[Fotnot:";
const IN_NOTE = /<(\/?)(strong|em|b|i|a|br)\b((?:[^>"']|"[^"]*"|'[^']*')*)>|<[^>]*>/gi;
const NOTE_SHELL = /<span data-note="[^"]*">(.*?)<\/span>/gs;

const tidy = (html) =>
  html.replace(IN_NOTE, (_, slash, name, attributes) => {
    if (!name) return "";
    const href = !slash && name.toLowerCase() === "a" ? attributes.match(/href\s*=\s*"[^"]*"/i) : null;
    return `<${slash}${name}${href ? ` ${href[0]}` : ""}>`;
  });

// The words "[Fotnot: …]" in rich text as footnotes. Brackets inside one pair up.
function withNotes(html) {
  let made = "";
  let place = 0;
  for (let start = html.indexOf(NOTE); start >= 0; start = html.indexOf(NOTE, place)) {
    let depth = 0;
    let end = start;
    for (; end < html.length; end += 1) {
      if (html[end] === "<") {
        if (/^<\/?(?:p|h\d|li|ul|ol|blockquote)\b/i.test(html.slice(end, end + 12))) break;
        end = html.indexOf(">", end);
        if (end < 0) break;
      } else if (html[end] === "[") depth += 1;
      else if (html[end] === "]") depth -= 1;
      if (depth === 0) break;
    }
    const inner = depth === 0 && end > 0 ? tidy(html.slice(start + NOTE.length, end)).trim() : "";
    const upTo = inner ? end + 1 : start + NOTE.length;
    if (inner) {
      const shell = element("span", { "data-note": inner });
      made += html.slice(place, start) + shell.outerHTML;
    } else {
      made += html.slice(place, upTo);
    }
    place = upTo;
  }
  return made + html.slice(place);
}

const asSent = (html) => html.replace(NOTE_SHELL, "$1");

const inWords = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

const FootnoteNode = Node.create({
  name: "fotnot",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    note: {
      default: "",
      parseHTML: (shell) => tidy(shell.getAttribute("data-note") || ""),
      rendered: false,
    },
  }),
  parseHTML: () => [{ tag: "span[data-note]" }],
  renderHTML({ node }) {
    const shell = element("span", { "data-note": "" });
    shell.innerHTML = `${NOTE} ${node.attrs.note}]`;
    return shell;
  },
  addNodeView: () => (view) => {
    const mark = element("sup", { class: "note-mark", role: "button", contenteditable: "false" });
    const show = (node) => {
      mark.title = inWords(node.attrs.note);
      mark.setAttribute("aria-label", `Fotnot: ${mark.title}`);
    };
    show(view.node);
    mark.addEventListener("click", () => askForNote(view.editor, view.getPos()));
    return {
      dom: mark,
      update(node) {
        if (node.type !== view.node.type) return false;
        show(node);
        return true;
      },
    };
  },
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { from, node } = editor.state.selection;
        if (node?.type.name !== "fotnot") return false;
        askForNote(editor, from);
        return true;
      },
    };
  },
});

const NoteDocument = Document.extend({ content: "paragraph" });

// at: where the note stands; nothing for a new one, after what is marked.
function askForNote(editor, at) {
  const before = at === undefined ? null : editor.state.doc.nodeAt(at);
  const place = before ? at : editor.state.selection.to;
  const title = element("h2", { id: "fotnot-rubrik" }, before ? "Ändra fotnoten" : "Ny fotnot");
  const label = element("p", { class: "form-label", id: "fotnot-namn" }, "Fotnotens text");
  const box = element("div", { class: "editor note-editor" });
  const problem = element("p", { id: "fotnot-fel", class: "editor-problem", "aria-live": "polite" });
  const use = element("button", { class: "btn btn-primary", type: "submit" }, "Använd");
  const cancel = element("button", { class: "btn btn-outline-primary", type: "button" }, "Avbryt");
  const buttons = element("div", { class: "actions" }, use, cancel);
  const form = element("form", { method: "dialog", novalidate: "" }, title, label, box, problem, buttons);
  const dialog = element("dialog", { class: "editor-dialog", "aria-labelledby": "fotnot-rubrik" }, form);
  document.body.append(dialog);
  const inner = new Editor({
    element: box,
    injectCSS: false,
    content: `<p>${before ? before.attrs.note : ""}</p>`,
    extensions: [
      NoteDocument,
      Paragraph,
      Text,
      HardBreak,
      Bold,
      Italic,
      // The protocols are known since the editor around it was made, and are told once only.
      Link.configure({ openOnClick: false, enableTarget: false }),
      History,
    ],
    editorProps: {
      transformPastedHTML: withoutClutter,
      attributes: {
        class: "editor-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": "fotnot-namn",
        "aria-describedby": "fotnot-fel",
        lang: "sv",
        spellcheck: "true",
      },
    },
  });
  if (before) {
    const remove = element("button", { class: "link-button", type: "button" }, "Ta bort fotnoten");
    remove.addEventListener("click", () => {
      editor.chain().deleteRange({ from: place, to: place + 1 }).run();
      dialog.close();
    });
    buttons.append(remove);
  }
  cancel.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    const note = tidy(inner.getHTML().replace(/^<p>|<\/p>$/g, "")).trim();
    if (!inWords(note)) {
      event.preventDefault();
      problem.textContent = "Skriv vad fotnoten ska säga, eller avbryt.";
      inner.commands.focus();
      return;
    }
    const content = { type: "fotnot", attrs: { note: paired(note) } };
    const chain = editor.chain();
    if (before) chain.deleteRange({ from: place, to: place + 1 });
    chain.insertContentAt(place, content).run();
  });
  dialog.addEventListener("close", () => {
    inner.destroy();
    dialog.remove();
    editor.commands.focus();
  });
  dialog.showModal();
  inner.commands.focus("end");
}

// Brackets that do not pair would end the note too early: they become parentheses.
function paired(note) {
  let depth = 0;
  for (const char of inWords(note)) {
    depth += (char === "[") - (char === "]");
    if (depth < 0) break;
  }
  if (depth === 0) return note;
  return note.replace(/<[^>]*>|[[\]]/g, (found) => ({ "[": "(", "]": ")" })[found] ?? found);
}

// The notes under the text, each with a way to change it: by the keyboard too.
function listNotes(editor, list) {
  const found = [];
  editor.state.doc.descendants((node, at) => {
    if (node.type.name === "fotnot") found.push([node, at]);
  });
  list.hidden = found.length === 0;
  list.replaceChildren(
    ...found.map(([node, at], index) => {
      const change = element("button", { type: "button", class: "link-button" }, "Ändra");
      change.append(element("span", { class: "visually-hidden" }, ` fotnot ${index + 1}`));
      change.addEventListener("click", () => askForNote(editor, at));
      return element("li", {}, inWords(node.attrs.note), " ", change);
    }),
  );
}

// Toolbar ---------------------------------------------------------------------------------------

const heading = (level) => ({
  act: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  isOn: (editor) => editor.isActive("heading", { level }),
});

const TOOLS = [
  [
    { name: "Fet", act: (e) => e.chain().focus().toggleBold().run(), isOn: (e) => e.isActive("bold") },
    { name: "Kursiv", act: (e) => e.chain().focus().toggleItalic().run(), isOn: (e) => e.isActive("italic") },
  ],
  [
    { name: "Rubrik", ...heading(3) },
    { name: "Underrubrik", ...heading(4) },
  ],
  [
    { name: "Punktlista", act: (e) => e.chain().focus().toggleBulletList().run(), isOn: (e) => e.isActive("bulletList") },
    { name: "Numrerad lista", act: (e) => e.chain().focus().toggleOrderedList().run(), isOn: (e) => e.isActive("orderedList") },
    { name: "Citat", act: (e) => e.chain().focus().toggleBlockquote().run(), isOn: (e) => e.isActive("blockquote") },
  ],
  [
    { name: "Länk", act: askForLink, isOn: (e) => e.isActive("link") },
    { name: "Fotnot", act: (e) => askForNote(e) },
  ],
  [
    { name: "Ångra", act: (e) => e.chain().focus().undo().run(), can: (e) => e.can().undo() },
    { name: "Gör om", act: (e) => e.chain().focus().redo().run(), can: (e) => e.can().redo() },
  ],
];

function makeToolbar(editor, name, id) {
  const toolbar = element("div", {
    class: "editor-tools",
    role: "toolbar",
    "aria-label": `Formatering av ${name}`,
    "aria-controls": id,
  });
  const buttons = [];
  for (const group of TOOLS) {
    const set = element("div", { class: "editor-group", role: "group" });
    for (const tool of group) {
      const button = element("button", { type: "button", class: "editor-tool", tabindex: "-1" }, tool.name);
      button.addEventListener("click", () => tool.act(editor));
      buttons.push([button, tool]);
      set.append(button);
    }
    toolbar.append(set);
  }
  buttons[0][0].tabIndex = 0;
  // One stop for the Tab key; the arrows go between the buttons.
  toolbar.addEventListener("keydown", (event) => {
    const all = buttons.map(([button]) => button);
    const here = all.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    for (const button of all) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  const update = () => {
    for (const [button, tool] of buttons) {
      if (tool.isOn) button.setAttribute("aria-pressed", String(tool.isOn(editor)));
      if (tool.can) button.setAttribute("aria-disabled", String(!tool.can(editor)));
    }
  };
  editor.on("transaction", update);
  update();
  return toolbar;
}

function say(editor, text, stays = false) {
  const place = editor.options.element.querySelector(".editor-says");
  place.textContent = text;
  if (stays) return;
  setTimeout(() => {
    if (place.textContent === text) place.textContent = "";
  }, 6000);
}

// Paste -----------------------------------------------------------------------------------------

const TAG = /<(\/?)([a-z][\w:-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const KEPT = /\b(?:href|start|data-pm-slice)\s*=\s*(?:"[^"]*"|'[^']*')/gi;

const NO_TEXT = new Set(["img", "link", "meta", "object", "embed", "iframe", "base", "input"]);

// Word and web pages send styles, classes and handlers along. The server takes them away in any
// case; taken away here as well, they never come near the page and its security policy.
function withoutClutter(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(style|script|head|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(TAG, (_, slash, name, attributes) => {
      if (NO_TEXT.has(name.toLowerCase())) return "";
      const kept = slash ? [] : attributes.match(KEPT) || [];
      return `<${slash}${name}${kept.map((attribute) => ` ${attribute}`).join("")}>`;
    });
}

const counted = (number, one, several) =>
  number ? [number === 1 ? one : `${number} ${several}`] : [];

// The same as papers/documents/dropped.py says of what comes without this editor.
function whatIsDropped(html) {
  const count = (pattern) => (html.match(pattern) || []).length;
  const gone = [
    ...counted(count(/<(?:img|v:imagedata|svg|object|embed)\b/gi), "1 bild", "bilder"),
    ...counted(count(/mso-comment-reference|class=["']?MsoCommentReference/gi), "1 kommentar", "kommentarer"),
    ...(/\sstyle\s*=|\sclass\s*=|<(?:font|style|u|sup|sub|mark)\b/i.test(html) ? ["typsnitt, färger och annat utseende"] : []),
    ...(/<(?:script|iframe)\b|\son[a-z]+\s*=/i.test(html) ? ["programkod"] : []),
  ];
  const said = [];
  if (gone.length) {
    const listed = gone.length === 1 ? gone[0] : `${gone.slice(0, -1).join(", ")} och ${gone.at(-1)}`;
    said.push(`Inklistrat och rensat. Det här följde inte med: ${listed}.`);
  }
  for (const words of counted(count(/<table\b/gi), "En tabell", "tabeller")) {
    said.push(`${words} blev stycken, en rad i taget.`);
  }
  return said.join(" ");
}

// Editor ------------------------------------------------------------------------------------------

function makeEditor(textarea) {
  const { id } = textarea;
  const label = document.querySelector(`label[for="${id}"]`);
  const name = label ? label.textContent.replace("*", "").trim() : "texten";
  const describedBy = textarea.getAttribute("aria-describedby");
  const box = element("div", { class: "editor" });
  const notes = element("ol", { class: "editor-notes", "aria-label": `Fotnoter i ${name}` });
  textarea.before(box);
  textarea.parentElement.querySelector("[data-without-editor]")?.remove();
  // What stands in the field is for those without this editor (papers/documents/markup.py).
  if (textarea.dataset.rich !== undefined) {
    textarea.defaultValue = textarea.value = textarea.dataset.rich;
    textarea.removeAttribute("data-rich");
  }
  const editor = new Editor({
    element: box,
    injectCSS: false,
    content: withNotes(textarea.value),
    editorProps: {
      transformPastedHTML: (html) => {
        const dropped = whatIsDropped(html);
        // When the words are in: what is said stays until something else is.
        if (dropped) queueMicrotask(() => say(editor, dropped, true));
        return withNotes(withoutClutter(html));
      },
      attributes: {
        id,
        class: "editor-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": name,
        ...(describedBy ? { "aria-describedby": describedBy } : {}),
        ...(textarea.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
        lang: "sv",
        spellcheck: "true",
      },
    },
    extensions: [
      Document,
      Paragraph,
      Text,
      HardBreak,
      Bold,
      Italic,
      Heading.configure({ levels: [3, 4] }),
      BulletList,
      OrderedList,
      ListItem,
      Blockquote,
      FootnoteNode,
      LinkWithOurDialog.configure({ openOnClick: false, enableTarget: false, protocols: ["http", "https", "mailto"] }),
      History,
      Dropcursor.configure({ class: "editor-drop" }),
      Gapcursor,
    ],
    onUpdate({ editor }) {
      textarea.value = editor.isEmpty ? "" : asSent(editor.getHTML());
      listNotes(editor, notes);
      if (textarea.value.length > MAX_BODY) say(editor, TOO_LONG, true);
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  // What was kept in the browser is put back (autosave.js).
  textarea.addEventListener("samlad:put", () => editor.commands.setContent(withNotes(textarea.value)));
  // The editor takes over the field's id, so that links in the error summary lead to it.
  textarea.id = `${id}-html`;
  textarea.hidden = true;
  textarea.tabIndex = -1;
  label?.addEventListener("click", () => editor.commands.focus());
  box.prepend(makeToolbar(editor, name, id));
  box.append(element("p", { class: "editor-says", role: "status" }));
  box.after(notes);
  listNotes(editor, notes);
  if (location.hash === `#${id}`) editor.commands.focus();
}

for (const textarea of document.querySelectorAll("textarea[data-django-prose-editor-samlad]")) {
  makeEditor(textarea);
}
