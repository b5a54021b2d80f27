/** Home: play against bots, find opponents, make or join a room, go back to a game, watch one. */
import { useEffect, useState } from "../vendor/hooks.js";
import { sentenceOf } from "../app/errors.js";
import { html } from "../app/html.js";
import { note } from "../app/notes.js";
import { follow, go } from "../app/routes.js";
import { call, callAs, refreshProfile, session } from "../app/session.js";
import { setTitle } from "../app/title.js";
import { lobby, page } from "../app/words.js";

export const LEVELS = ["very_easy", "easy", "medium", "hard", "very_hard", "expert"];
const LIVE_MS = 5_000;

export function Home() {
  useEffect(() => {
    setTitle();
    refreshProfile().catch(() => undefined); // the running game, if there is one
  }, []);
  const running = session.value?.user.active_game;
  return html`
    <h1 class="hidden">Magnate</h1>
    ${running ? html`<section class="card notice"><p>${page("running")}</p>
      <a class="button primary" href=${`/g/${running}`} onClick=${follow}>${lobby("resume")}</a></section>` : null}
    <div class="cards">
      <${Bots} />
      <${Friends} />
      <section class="card">
        <h2>${lobby("play_queue")}</h2>
        <p>${lobby("queue_hint")}</p>
        <a class="button" href="/queue" onClick=${follow}>${lobby("play_queue")}</a>
      </section>
      <${Live} />
    </div>
    <p class="ways"><a href="/replay" onClick=${follow}>${lobby("watch_replay")}</a></p>
  `;
}

/** A game against bots is a room that starts at once. */
function Bots() {
  const [levels, setLevels] = useState(["easy", "medium", "hard"]);
  const [count, setCount] = useState(3);
  const [busy, setBusy] = useState(false);

  /** @param {SubmitEvent} event */
  async function start(event) {
    event.preventDefault();
    setBusy(true);
    try {
      const { code } = await callAs("GET", "/lobby/get-private-code");
      const chosen = levels.slice(0, count);
      sessionStorage.setItem("magnate.start", JSON.stringify({ code, levels: chosen }));
      go(`/r/${code}`);
    } catch (error) {
      note(sentenceOf(error), "bad");
      setBusy(false);
    }
  }

  return html`<section class="card">
    <h2>${lobby("play_bots")}</h2>
    <form onSubmit=${start}>
      <label>${lobby("bots_count")}
        <select value=${count} onChange=${(/** @type {any} */ event) => setCount(Number(event.currentTarget.value))}>
          ${[1, 2, 3].map((each) => html`<option key=${each} value=${each}>${each}</option>`)}
        </select>
      </label>
      ${Array.from({ length: count }, (_, at) => html`<label key=${at}>${page("bot_level", { number: at + 1 })}
        <${LevelSelect} value=${levels[at]} onLevel=${(/** @type {string} */ level) => setLevels(levels.map((each, other) => (other === at ? level : each)))} />
      </label>`)}
      <button class="primary" disabled=${busy}>${lobby("start")}</button>
    </form>
  </section>`;
}

/** @param {{value: string, onLevel: (level: string) => void, disabled?: boolean}} props */
export function LevelSelect({ value, onLevel, disabled = false }) {
  return html`<select value=${value} disabled=${disabled} onChange=${(/** @type {any} */ event) => onLevel(event.currentTarget.value)}>
    ${LEVELS.map((level) => html`<option key=${level} value=${level}>${lobby(`level_${level}`)}</option>`)}
  </select>`;
}

function Friends() {
  const [busy, setBusy] = useState(false);
  async function make() {
    setBusy(true);
    try {
      const { code } = await callAs("GET", "/lobby/get-private-code");
      go(`/r/${code}`);
    } catch (error) {
      note(sentenceOf(error), "bad");
      setBusy(false);
    }
  }
  /** @param {SubmitEvent} event */
  function join(event) {
    event.preventDefault();
    const code = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("code")).trim().toUpperCase();
    if (/^[A-Z0-9]{1,32}$/.test(code)) go(`/r/${code}`);
  }
  return html`<section class="card">
    <h2>${page("with_friends")}</h2>
    <p>${page("with_friends_how")}</p>
    <button type="button" class="primary" disabled=${busy} onClick=${make}>${lobby("create_room")}</button>
    <form class="row" onSubmit=${join}>
      <label>${lobby("room_code")}<input name="code" maxlength="32" autocomplete="off" autocapitalize="characters" spellcheck="false" required /></label>
      <button>${lobby("room_join")}</button>
    </form>
  </section>`;
}

/** The games that anybody may watch. */
function Live() {
  const [games, setGames] = useState(/** @type {any[] | null} */ (null));
  useEffect(() => {
    const load = () => {
      if (!document.hidden) call("GET", "/games/live/").then((told) => setGames(told.games ?? []), () => undefined);
    };
    load();
    const timer = setInterval(load, LIVE_MS);
    return () => clearInterval(timer);
  }, []);
  if (!games) return null;
  return html`<section class="card">
    <h2>${page("live")}</h2>
    ${games.length
      ? html`<ul class="list">${games.map((game) => html`<li key=${game.game_id}>
          <a href=${`/w/${game.game_id}`} onClick=${follow}>${page("live_game", {
            players: game.players.map((/** @type {any} */ each) => each.username).join(", "),
            round: game.current_round,
          })}</a></li>`)}</ul>`
      : html`<p class="quiet">${page("live_none")}</p>`}
  </section>`;
}
