// Saves what is written a moment after it is written: <form data-autosave>. The page works as well
// without: then one presses the button. What cannot be saved stays in the field, and why is said.
const form = document.querySelector("form[data-autosave]");
const said = document.querySelector("[data-autosave-said]");
const others = document.querySelector("[data-others]");
const PAUSE = 2000;

if (form) {
  let timer = 0;
  let waiting = false;
  let sending = false;
  let stopped = false;
  // The button that was pressed while a save was on its way: it goes on when that has come home,
  // or the person's own save would stand in its way.
  let pressed;

  const say = (text) => {
    if (said.textContent !== text) said.textContent = text;
  };

  const save = async () => {
    if (sending || stopped) return;
    sending = true;
    await send();
    sending = false;
    if (pressed !== undefined) form.requestSubmit(pressed);
    else if (waiting) timer = setTimeout(save, PAUSE);
  };

  const send = async () => {
    waiting = false;
    const body = new URLSearchParams(new FormData(form));
    body.set("autosave", "1");
    let answer;
    try {
      const response = await fetch(location.pathname, { method: "POST", body, redirect: "error" });
      if (!response.ok) throw new Error(String(response.status));
      answer = await response.json();
    } catch {
      say("Det gick inte att spara just nu. Texten står kvar här; försök med Spara.");
      return;
    }
    if (answer.saved) {
      form.elements.revision.value = answer.revision;
      say(answer.said);
      if (!waiting) form.dispatchEvent(new Event("samlad:saved"));
    } else {
      say(answer.problem);
      stopped = answer.conflict;
    }
    if (others && answer.others) {
      others.querySelector("[data-others-names]").textContent = answer.others.join(", ");
      others.hidden = answer.others.length === 0;
    }
  };

  form.addEventListener("input", () => {
    waiting = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (sending) {
      event.preventDefault();
      pressed = event.submitter;
      return;
    }
    stopped = true;
  });
}
