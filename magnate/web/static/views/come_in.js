/** Come in: a name and Enter is enough; or sign in, or make an account. */
import { useState } from "../vendor/hooks.js";
import { sentenceOf } from "../app/errors.js";
import { html } from "../app/html.js";
import { follow } from "../app/routes.js";
import { comeInAsGuest, Refused, register, signIn } from "../app/session.js";
import { lobby, page } from "../app/words.js";

/** @param {{room: string}} props the code of the room that the link names, or "" */
export function ComeIn({ room }) {
  const [way, setWay] = useState("guest");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const [name, password, again] = ["username", "password", "password2"].map((key) => String(form.get(key) ?? "").trim());
    if (!name && way !== "guest") return setWrong(lobby("name_needed"));
    setBusy(true);
    setWrong("");
    try {
      if (way === "guest") await comeInAsGuest(name);
      else if (way === "sign_in") await signIn(name, password);
      else await register(name, password, again);
    } catch (error) {
      const noGuests = way === "guest" && error instanceof Refused && [403, 404, 405].includes(error.status);
      if (noGuests) setWay("register");
      setWrong(noGuests ? page("no_guests") : sentenceOf(error));
      setBusy(false);
    }
  }

  const isGuest = way === "guest";
  return html`<section class="card come-in">
    <h1>${room ? page("invited", { code: room }) : "Magnate"}</h1>
    <p class="lead">${room ? page("invited_how") : lobby("welcome")}</p>
    <form onSubmit=${submit} key=${way}>
      <label>${lobby("username")}
        <input name="username" maxlength="40" autocomplete=${isGuest ? "nickname" : "username"} autofocus spellcheck="false" />
      </label>
      ${!isGuest && html`<label>${lobby("password")}
        <input name="password" type="password" autocomplete=${way === "register" ? "new-password" : "current-password"} required />
      </label>`}
      ${way === "register" && html`<label>${lobby("password_again")}
        <input name="password2" type="password" autocomplete="new-password" required />
      </label>`}
      <p class="wrong" role="alert">${wrong}</p>
      <button class="primary" disabled=${busy}>${isGuest ? page("play") : lobby(way)}</button>
    </form>
    <p class="ways">
      ${!isGuest && html`<button type="button" class="plain" onClick=${() => setWay("guest")}>${page("as_guest")}</button>`}
      ${way !== "sign_in" && html`<button type="button" class="plain" onClick=${() => setWay("sign_in")}>${lobby("to_sign_in")}</button>`}
      ${way !== "register" && html`<button type="button" class="plain" onClick=${() => setWay("register")}>${lobby("register")}</button>`}
    </p>
    <p class="ways"><a href="/replay" onClick=${follow}>${lobby("watch_replay")}</a></p>
  </section>`;
}
