/** The profile: figures and past games; a guest makes the account lasting here. */
import { useEffect, useState } from "../vendor/hooks.js";
import { sentenceOf } from "../app/errors.js";
import { html } from "../app/html.js";
import { note } from "../app/notes.js";
import { follow } from "../app/routes.js";
import { callAs, claim, refreshProfile, session } from "../app/session.js";
import { setTitle } from "../app/title.js";
import { lobby, page } from "../app/words.js";

const LATEST = 20;

export function View() {
  const [games, setGames] = useState(/** @type {any[] | null} */ (null));
  useEffect(() => {
    setTitle(lobby("profile_title"));
    load().then(setGames, (error) => note(sentenceOf(error), "bad"));
  }, []);
  const user = session.value?.user;
  if (!user) return null;
  /** @type {[string, string | number][]} */
  const figures = [
    [lobby("profile_elo"), user.elo],
    [lobby("profile_played"), user.num_played_games],
    [lobby("profile_won"), user.num_won_games],
    [lobby("points"), user.points],
    [lobby("profile_since"), user.date_joined.slice(0, 10)],
  ];
  return html`
    <section class="card"><h1>${user.username}</h1>
      <dl class="figures">${figures.map(([what, figure]) => html`<div key=${what}><dt>${what}</dt><dd>${figure}</dd></div>`)}</dl>
    </section>
    ${user.guest && html`<${Claim} />`}
    <section class="card"><h2>${lobby("history")}</h2>
      ${games && !games.length && html`<p class="quiet">${lobby("history_none")}</p>`}
      ${games && games.length > 0 && html`<table class="past"><thead><tr>
          <th scope="col">${lobby("history_game")}</th><th scope="col">${lobby("history_end")}</th><th scope="col">${lobby("history_rank")}</th><th scope="col">${lobby("history_result")}</th></tr></thead>
        <tbody>${games.map((game) => html`<tr key=${game.id}><td><a href=${`/replay/${game.id}`} onClick=${follow}>${page("replay_of", { game: game.id })}</a></td>
          <td>${game.ended}</td><td>${game.rank}</td><td>${game.worths}</td></tr>`)}</tbody></table>`}
    </section>`;
}

async function load() {
  const { username } = await refreshProfile();
  const { games } = await callAs("GET", "/user/games-played/");
  const latest = games.sort((/** @type {number} */ a, /** @type {number} */ b) => b - a).slice(0, LATEST);
  return Promise.all(latest.map(async (/** @type {number} */ id) => {
    const told = await callAs("GET", `/game/summary/${id}/`);
    const standings = /** @type {[string, number][]} */ (Object.entries(told.final_money)).sort((a, b) => b[1] - a[1]);
    const rank = 1 + standings.filter(([, worth]) => worth > (told.final_money[username] ?? 0)).length;
    return {
      id,
      ended: told.end_date.replace("T", " ").slice(0, 16),
      rank: `${rank}/${standings.length}`,
      worths: standings.map(([name, worth]) => `${name} ${worth}`).join(", "),
    };
  }));
}

function Claim() {
  const [wrong, setWrong] = useState("");
  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const [name, password, again] = ["username", "password", "password2"].map((key) => String(form.get(key) ?? ""));
    try {
      await claim(name.trim(), password, again);
      note(page("claimed"));
    } catch (error) {
      setWrong(sentenceOf(error));
    }
  }
  return html`<section class="card"><h2>${page("claim")}</h2><p>${page("claim_how")}</p>
    <form onSubmit=${submit}>
      <label>${lobby("username")}<input name="username" autocomplete="username" maxlength="40" defaultValue=${session.value?.user.username} required /></label>
      <label>${lobby("password")}<input name="password" type="password" autocomplete="new-password" required /></label>
      <label>${lobby("password_again")}<input name="password2" type="password" autocomplete="new-password" required /></label>
      <p class="wrong" role="alert">${wrong}</p>
      <button class="primary">${page("claim")}</button>
    </form></section>`;
}
