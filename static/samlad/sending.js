// How a page that stays open sends something to Samlad, and what may have become of it.

const PATIENCE = 30_000;
// What a proxy says when the server behind it is away, and the server when it is asked too much.
const AWAY = [429, 502, 503, 504];

/**
 * POST the fields in `body`. Answers `how`: "unreached", "away", "signed-out", or "answered" with
 * `status`, `ok` and `told` (the answer's JSON; null where it is none).
 */
export async function send(address, body) {
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { how: "unreached" };
  }
  if (response.type === "opaqueredirect") return { how: "signed-out" };
  if (AWAY.includes(response.status)) return { how: "away" };
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const told = isJson ? await response.json().catch(() => null) : null;
  return { how: "answered", status: response.status, ok: response.ok, told };
}

/**
 * The same form on the page as it is now: after a new sign-in it has a new token. Answers `how` as
 * above, and `form`: null where the page has none any more.
 */
export async function freshForm(selector) {
  try {
    const response = await fetch(location.href, {
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.type === "opaqueredirect") return { how: "signed-out" };
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return { how: "answered", form: page.querySelector(selector) };
  } catch {
    return { how: "unreached" };
  }
}
