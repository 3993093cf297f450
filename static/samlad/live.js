// Keeps a part of a page fresh: <div data-live="URL" data-live-seconds="20">. What is ticked stays
// ticked, what has focus keeps it, and a page that nobody looks at asks for nothing.
const part = document.querySelector("[data-live]");
const said = document.querySelector("[data-live-said]");
const every = Number(part.dataset.liveSeconds) * 1000;

function ticked() {
  return new Set([...part.querySelectorAll("input:checked")].map((box) => box.id));
}

async function refresh() {
  if (document.hidden || part.contains(document.activeElement)) return;
  let answer;
  try {
    answer = await fetch(part.dataset.live, { redirect: "error" });
  } catch {
    said.textContent = "Tabellen kunde inte hämtas. Ladda om sidan.";
    return;
  }
  if (!answer.ok) {
    said.textContent = "Tabellen kunde inte hämtas. Ladda om sidan.";
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const kept = ticked();
  const scrolled = part.querySelector(".table-wrap").scrollLeft;
  part.replaceChildren(...fresh.body.childNodes);
  for (const id of kept) {
    const box = document.getElementById(id);
    if (box) box.checked = true;
  }
  part.querySelector(".table-wrap").scrollLeft = scrolled;
  const now = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
  said.textContent = `Uppdaterad ${now}`;
}

setInterval(refresh, every);
