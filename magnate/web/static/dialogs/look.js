/** To look at something: the deed of a square, what a player has. */
import { html } from "../app/html.js";
import { game as words, squareName } from "../app/words.js";
import { squareOf } from "../state/board.js";
import { netWorth, rentOf, squaresOf } from "../state/game.js";
import { actionsOf, mayTrade } from "../state/legal.js";
import { Deed } from "../widgets/deed.js";
import { Dialog } from "../widgets/dialog.js";

/** @typedef {import("./all.js").DialogProps} DialogProps */

/** @param {DialogProps} props */
export function DeedDialog({ dialog, board, game, onAct, onClose }) {
  const id = dialog.square;
  const square = squareOf(board, id);
  /** @type {[string, string][]} */
  const offers = [
    ["ActionBuild", `${words("build")} (−${square.build_price})`],
    ["ActionDemolish", `${words("demolish")} (+${Math.floor(square.build_price / 2)})`],
    ["ActionMortgageSet", `${words("mortgage")} (+${Math.floor(square.price / 2)})`],
    ["ActionMortgageUnset", `${words("lift")} (−${Math.floor(square.price / 2)})`],
  ];
  return html`<${Dialog} title=${`${squareName(id)} (${id})`} onClose=${onClose}>
    <${Deed} board=${board} game=${game} id=${id} />
    <div class="row">
      ${offers.filter(([type]) => actionsOf(game, type).some((each) => each.square === id)).map(
        ([type, label]) => html`<button type="button" key=${type} onClick=${() => onAct({ type, square: id })}>${label}</button>`)}
    </div>
  </${Dialog}>`;
}

/** @param {DialogProps} props */
export function PlayerDialog({ dialog, board, game, onDialog, onClose }) {
  const { seat } = dialog;
  const squares = squaresOf(game, seat);
  return html`<${Dialog} title=${game.names[seat]} onClose=${onClose}>
    <p>${words("worth", { amount: netWorth(board, game, seat) })} · ${game.money[seat]} · ${words("squares", { count: squares.length })}</p>
    <ul class="list deeds">
      ${squares.map((id) => html`<li key=${id} class=${`group-${squareOf(board, id).group}`}>
        <button type="button" onClick=${() => onDialog("deed", { square: id })}>
          <span class="swatch">${board.codes.get(id) ?? "●"}</span> ${squareName(id)}
          <span class="quiet">${game.holdings[id].mortgaged ? words("mortgaged") : words("rent", { amount: rentOf(board, game, id) })}</span>
        </button></li>`)}
    </ul>
    ${seat !== game.me && mayTrade(game) && !game.out.includes(seat) && html`<button type="button" class="primary" onClick=${() => onDialog("trade", { destination: seat })}>${words("trade")}</button>`}
  </${Dialog}>`;
}
