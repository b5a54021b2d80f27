/** The deed of a square: what it costs, what it earns, whose it is. */
import { html } from "../app/html.js";
import { game as words, say } from "../app/words.js";
import { MOST_LEVELS, isBuyable, mortgageOf, squareOf } from "../state/board.js";
import { rentOf } from "../state/game.js";

/** @param {{board: import("../state/board.js").Board, game: import("../state/game.js").Game, id: number}} props */
export function Deed({ board, game, id }) {
  const square = squareOf(board, id);
  const holding = game.holdings[id];
  if (!isBuyable(board, id)) return html`<p>${about(board, game, id)}</p>`;
  const rent = rentOf(board, game, id);
  const owner = holding ? `${game.names[holding.seat]}${holding.mortgaged ? ` (${words("mortgaged")})` : ""}` : words("nobody");
  /** @type {[string, number | string, boolean][]} */
  const rows = square.kind === "property"
    ? [
        [words("rent_here"), square.rents[0], rent === square.rents[0] && !holding?.level],
        [words("rent_group"), 2 * square.rents[0], rent === 2 * square.rents[0] && !holding?.level],
        ...square.rents.slice(1).map((amount, at) => /** @type {[string, number, boolean]} */ ([
          at + 1 === MOST_LEVELS ? words("rent_hotel") : words("rent_houses", { count: at + 1 }), amount, holding?.level === at + 1])),
        [words("build_price"), square.build_price, false],
      ]
    : square.rents.map((amount, at) => [words("rent_owned", { count: at + 1 }), amount, rent === amount]);
  return html`<div class=${`deed group-${square.group}`}>
    <div class="deed-bar">${board.codes.get(id)} ${say("districts", String(square.group))}</div>
    <table><tbody>
      <tr><th scope="row">${words("owner")}</th><td>${owner}</td></tr>
      <tr><th scope="row">${words("price", { amount: "" })}</th><td>${square.price}</td></tr>
      ${rows.map(([what, amount, isNow]) => html`<tr key=${what} class=${isNow ? "now" : ""}><th scope="row">${isNow ? "▸ " : ""}${what}</th><td>${amount}</td></tr>`)}
      <tr><th scope="row">${words("mortgage_value")}</th><td>${mortgageOf(board, id)}</td></tr>
    </tbody></table>
    ${square.kind === "bridge" && html`<p>${words("about_bridge")}</p>`}
  </div>`;
}

/** What a square does that nobody can own. @param {import("../state/board.js").Board} board @param {import("../state/game.js").Game} game @param {number} id */
function about(board, game, id) {
  const square = squareOf(board, id);
  const amount = square.kind === "tram" ? square.fare : square.kind === "exit" ? square.salary : board.bail;
  const text = words(`about_${square.kind}`, { amount });
  return square.kind === "parking" ? `${text} ${words("pot", { amount: game.pot })}.` : text;
}
