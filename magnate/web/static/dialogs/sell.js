/** Settle a debt: everything that brings money, and what loses least marked. */
import { useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { game as words, page, squareName } from "../app/words.js";
import { mortgageOf, squareOf } from "../state/board.js";
import { actionsOf } from "../state/legal.js";
import { Dialog } from "../widgets/dialog.js";

/** @typedef {{action: {type: string, square: number}, brings: number, loses: number}} Sale */

/**
 * What may be sold now one at a time, the smallest loss for the money first.
 * @param {import("../state/board.js").Board} board @param {import("../state/game.js").Game} game @returns {Sale[]}
 */
export function sales(board, game) {
  const demolish = actionsOf(game, "ActionDemolish").map(({ square }) => {
    const price = squareOf(board, square).build_price;
    return { action: { type: "ActionDemolish", square }, brings: Math.floor(price / 2), loses: price - Math.floor(price / 2) };
  });
  const mortgage = actionsOf(game, "ActionMortgageSet").map(({ square }) => {
    const brings = mortgageOf(board, square);
    return { action: { type: "ActionMortgageSet", square }, brings, loses: squareOf(board, square).price - brings };
  });
  return [...demolish, ...mortgage].sort((a, b) => a.loses / Math.max(a.brings, 1) - b.loses / Math.max(b.brings, 1) || a.loses - b.loses);
}

/** Sales that cover a debt at a small loss; all of them where they are not enough. @param {Sale[]} found @param {number} debt */
export function suggestion(found, debt) {
  /** @type {Sale[]} */
  let picked = [];
  const sum = () => picked.reduce((total, each) => total + each.brings, 0);
  for (const sale of found) {
    if (sum() >= debt) break;
    picked.push(sale);
  }
  for (const sale of [...picked].sort((a, b) => b.loses - a.loses)) {
    if (sum() - sale.brings >= debt) picked = picked.filter((each) => each !== sale);
  }
  return picked;
}

/** @param {import("./all.js").DialogProps} props */
export function SellDialog({ board, game, table, onClose }) {
  const debt = Math.max(-game.money[game.me], 0);
  const found = sales(board, game);
  const marked = suggestion(found, debt);
  const [changed, setChanged] = useState(/** @type {Record<string, boolean>} */ ({}));
  /** @param {Sale} sale */
  const keyOf = (sale) => `${sale.action.type}-${sale.action.square}`;
  /** @param {Sale} sale */
  const isOn = (sale) => changed[keyOf(sale)] ?? marked.includes(sale);
  const chosen = found.filter(isOn);
  const brings = chosen.reduce((total, each) => total + each.brings, 0);
  return html`<${Dialog} title=${words("sell_title", { amount: debt })} kind="tall" onClose=${onClose}>
    <p>${found.reduce((total, each) => total + each.brings, 0) < debt ? words("sell_short") : page("sell_how")}</p>
    <div class="scroll" tabindex="0">
      ${found.map((sale) => html`<label class="check" key=${keyOf(sale)}>
        <input type="checkbox" checked=${isOn(sale)} onChange=${() => setChanged({ ...changed, [keyOf(sale)]: !isOn(sale) })} />
        <span class="grow">${words(sale.action.type === "ActionDemolish" ? "sell_demolish" : "sell_mortgage", { square: squareName(sale.action.square) })}</span>
        <strong>+${sale.brings}</strong></label>`)}
    </div>
    <footer>
      <p>${page("plan_total", { change: `+${brings}`, left: game.money[game.me] + brings })}</p>
      <button type="button" class="primary" disabled=${!chosen.length || table.pending.value !== null} onClick=${() => {
        table.actAll(chosen.map((sale) => sale.action));
        onClose();
      }}>${words("sell_suggested")}</button>
    </footer>
  </${Dialog}>`;
}
