/** How it ended. */
import { useEffect, useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { go } from "../app/routes.js";
import { callAs, session } from "../app/session.js";
import { game as words, lobby, page, say } from "../app/words.js";
import { Mark } from "../board/shapes.js";
import { some } from "../state/narrator.js";
import { Dialog } from "../widgets/dialog.js";
import { Plot } from "../widgets/plot.js";

/** @typedef {import("./all.js").DialogProps} DialogProps */

/** @param {DialogProps} props */
export function ResultsDialog({ game, table, onClose }) {
  const worth = game.worth ?? [];
  const ranked = [...game.order].sort((a, b) => worth[b] - worth[a]);
  const [asked, setAsked] = useState(false);
  const winners = game.winners.map((seat) => game.names[seat]);
  const title = game.winners.length > 1 ? words("end_shared", { names: some(winners) })
    : game.winners[0] === game.me ? words("end_won") : words("end_lost", { names: some(winners) });
  return html`<${Dialog} title=${title} kind="tall" onClose=${onClose}>
    <div class="scroll" tabindex="0">
      <table class="ranks">
        <thead><tr><th scope="col">${words("end_rank")}</th><th scope="col">${words("end_player")}</th><th scope="col">${words("end_worth")}</th></tr></thead>
        <tbody>${ranked.map((seat) => html`<tr key=${seat} class=${game.winners.includes(seat) ? "now" : ""}>
          <td>${1 + ranked.filter((each) => worth[each] > worth[seat]).length}</td><td><${Mark} seat=${seat} /> ${game.names[seat]}</td><td>${worth[seat]}</td></tr>`)}</tbody>
      </table>
      ${game.bonuses.map((bonus) => html`<p key=${bonus.category}>${words("end_bonus", { category: say("categories", bonus.category), names: some(bonus.seats.map((seat) => game.names[seat])), amount: bonus.amount })}</p>`)}
      <${Rating} table=${table} />
      ${game.worths.length > 1 && html`<h3>${words("end_over_time")}</h3><${Plot} worths=${game.worths} names=${game.names} />`}
    </div>
    ${game.asked.length > 0 && game.rematch === null && html`<p role="status">${page("rematch_waits", { names: some(game.asked.map((seat) => game.names[seat])) })}</p>`}
    <footer class="row">
      ${!table.watching && game.me >= 0 && html`<button type="button" class="primary" disabled=${asked} onClick=${() => setAsked(table.rematch())}>${asked ? page("rematch_asked") : page("rematch")}</button>`}
      <button type="button" onClick=${() => go("/")}>${words("end_home")}</button>
      <button type="button" onClick=${onClose}>${words("end_look")}</button>
    </footer>
  </${Dialog}>`;
}

/** How the game moved my rating. @param {{table: import("../connection/game.js").Table}} props */
function Rating({ table }) {
  const [before] = useState(session.value?.user.elo ?? null);
  const [after, setAfter] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    if (!table.watching) callAs("GET", "/user/info/").then((user) => setAfter(user.elo), () => undefined);
  }, []);
  if (before === null || after === null || table.watching) return null;
  const change = after - before;
  return html`<p>${lobby("profile_elo")}: ${after}${change ? ` (${change > 0 ? "+" : ""}${change})` : ""}</p>`;
}
