/** Who plays, what they have, and whose turn it is. */
import { html } from "../app/html.js";
import { game as words, lobby, page } from "../app/words.js";
import { Mark } from "../board/shapes.js";
import { departure, isWaitedFor, netWorth, squaresOf } from "../state/game.js";
import { Money } from "./money.js";

/**
 * @param {{board: import("../state/board.js").Board, game: import("../state/game.js").Game,
 *   onPlayer: (seat: number) => void}} props
 */
export function Players({ board, game, onPlayer }) {
  return html`<ul class="players" aria-label=${page("players")}>
    ${game.order.map((seat) => {
      const isOut = game.out.includes(seat);
      const turn = seat === game.turnSeat && game.phase !== "end_game";
      return html`<li key=${seat} class=${`player seat-${seat} ${turn ? "turn" : ""} ${isWaitedFor(game, seat) ? "waited" : ""} ${isOut ? "out" : ""}`}>
        <button type="button" aria-current=${turn ? "true" : undefined} onClick=${() => onPlayer(seat)}>
          <span class="name"><${Mark} seat=${seat} /><span class="name-text">${game.names[seat]}</span>${game.bots[seat] && html`<span class="bot" title=${page("bot")}>⚙</span>`}${
            game.levels[seat] && html`<span class="level">${lobby(`level_${game.levels[seat]}`)}</span>`}
            ${turn && html`<span class="turn-mark"><span class="hidden">${page("has_turn")}</span>▶</span>`}</span>
          ${isOut ? html`<span class="detail">${words(`out_${departure(game, seat)}`)}</span>` : html`
            <span class="balance"><${Money} amount=${game.money[seat]} /></span>
            <span class="detail">${words("worth", { amount: netWorth(board, game, seat) })} · ${words("squares", { count: squaresOf(game, seat).length })}${
              game.jail[seat] ? ` · ${words("in_jail", { turns: game.jail[seat] })}` : ""}</span>`}
        </button>
      </li>`;
    })}
  </ul>`;
}
