/** The whole page: a header, the view of the address, and the notes. */
import { useEffect, useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { dismiss, note, notes } from "../app/notes.js";
import { follow, go, route } from "../app/routes.js";
import { session, signOut } from "../app/session.js";
import { lobby, page, words } from "../app/words.js";
import { ComeIn } from "./come_in.js";
import { Home } from "./home.js";

/** Views that are loaded when they are needed. @type {Record<string, () => Promise<{View: any}>>} */
const VIEWS = {
  room: () => import("./room.js"),
  queue: () => import("./queue.js"),
  game: () => import("./game.js"),
  watch: () => import("./game.js"),
  replay: () => import("./replay.js"),
  profile: () => import("./profile.js"),
  shop: () => import("./shop.js"),
  settings: () => import("./settings.js"),
};
const NEED_NO_NAME = ["watch", "replay", "settings"];
const FULL = ["game", "watch", "replay"];

/** Load the view of the address while the words are still on their way. */
export function loadAhead() {
  VIEWS[route.value.view]?.().catch(() => undefined); // it is asked for again when it is shown
}

export function App() {
  const { view, id } = route.value;
  const isKnown = view === "home" || view in VIEWS;
  const isOpen = NEED_NO_NAME.includes(view) && !(view === "replay" && id);
  words.value; // all is drawn anew in another language
  useEffect(() => {
    document.getElementById("main")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [view, id]);
  const shown = !isKnown ? html`<${Nowhere} />`
    : !session.value && !isOpen ? html`<${ComeIn} room=${view === "room" ? id : ""} />`
    : view === "home" ? html`<${Home} />`
    : html`<${Lazy} key=${`${view}/${id}`} view=${view} id=${id} />`;
  return html`
    ${!FULL.includes(view) && html`<${Header} />`}
    <main id="main" tabindex="-1" class=${`view view-${view}`}>${shown}</main>
    <div class="notes" role="status" aria-live="polite">
      ${notes.value.map((each) => html`<button type="button" key=${each.id} class=${`note ${each.kind}`} onClick=${() => dismiss(each.id)}>${each.text}</button>`)}
    </div>
  `;
}

/** @param {{view: string, id: string}} props */
function Lazy({ view, id }) {
  const [View, setView] = useState(/** @type {any} */ (null));
  const [failed, setFailed] = useState(0);
  useEffect(() => {
    let isHere = true;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    VIEWS[view]().then(
      (module) => isHere && setView(() => module.View),
      () => {
        timer = setTimeout(() => setFailed(failed + 1), 1500);
      },
    );
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [view, failed]);
  if (!View) return html`<p class="loading">${page(failed ? "unreachable" : "loading")}</p>`;
  return html`<${View} id=${id} view=${view} />`;
}

function Header() {
  const user = session.value?.user;
  return html`<header class="top">
    <a class="brand" href="/" onClick=${follow}><img src="/web/icon.svg" alt="" width="28" height="28" />Magnate</a>
    <nav aria-label=${page("menu")}>
      ${user && html`<a href="/profile" onClick=${follow}>${user.username}</a>
        <a href="/shop" onClick=${follow}>${lobby("shop")}</a>`}
      <a href="/settings" onClick=${follow}>${lobby("settings")}</a>
      ${user && html`<button type="button" class="plain" onClick=${leave}>${lobby("sign_out")}</button>`}
    </nav>
  </header>`;
}

async function leave() {
  if (session.value?.user.guest && !confirm(page("guest_leaves"))) return;
  await signOut();
  note(page("signed_out"));
  go("/");
}

function Nowhere() {
  return html`<section class="card"><h1>${page("nowhere")}</h1><p><a href="/" onClick=${follow}>${page("to_start")}</a></p></section>`;
}
