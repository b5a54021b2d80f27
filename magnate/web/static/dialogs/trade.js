/** The trade builder: both sides, what each gains, and which groups it makes or breaks. */
import { useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { game as words, page, say, squareName } from "../app/words.js";
import { squareOf } from "../state/board.js";
import { squaresOf } from "../state/game.js";
import { tradeLimits } from "../state/legal.js";
import { Dialog } from "../widgets/dialog.js";

/** @typedef {{give: number[], get: number[], giveMoney: number, getMoney: number}} Deal from my side */

/** @param {import("./all.js").DialogProps} props */
export function TradeDialog({ dialog, board, game, onAct, onClose }) {
  const limits = tradeLimits(game);
  const others = limits?.destinations ?? [];
  const again = /** @type {Deal | null} */ (dialog.again ?? null);
  const [other, setOther] = useState(/** @type {number} */ (dialog.destination ?? others[0]));
  const [deal, setDeal] = useState(/** @type {Deal} */ (again ? within(again, limits, game.me, dialog.destination) : { give: [], get: [], giveMoney: 0, getMoney: 0 }));
  if (!limits || !others.length) return html`<${Dialog} title=${words("trade")} onClose=${onClose}><p>${page("no_trade")}</p></${Dialog}>`;
  const change = gain(board, game, deal);
  const isEmpty = !deal.give.length && !deal.get.length && !deal.giveMoney && !deal.getMoney;
  const broke = deal.giveMoney > limits.most[game.me] || deal.getMoney > limits.most[other];
  const groups = groupWords(board, game, deal, other);
  function send() {
    onAct({
      type: "ActionTradeProposal",
      destination_user: game.users[other],
      offered_money: deal.giveMoney,
      asked_money: deal.getMoney,
      offered_properties: deal.give,
      asked_properties: deal.get,
    });
    onClose();
  }
  return html`<${Dialog} title=${words("trade")} kind="tall wide" onClose=${onClose}>
    <label>${words("trade_title")}
      <select value=${other} onChange=${(/** @type {any} */ event) => {
        setOther(Number(event.currentTarget.value));
        setDeal({ ...deal, get: [], getMoney: 0 });
      }}>${others.map((seat) => html`<option key=${seat} value=${seat}>${game.names[seat]} (${game.money[seat]})</option>`)}</select>
    </label>
    <div class="scroll sides" tabindex="0">
      <${Side} title=${words("trade_give")} board=${board} squares=${limits.squares[game.me] ?? []} chosen=${deal.give} money=${deal.giveMoney} most=${limits.most[game.me]}
        onChange=${(/** @type {number[]} */ give, /** @type {number} */ giveMoney) => setDeal({ ...deal, give, giveMoney })} />
      <${Side} title=${words("trade_get")} board=${board} squares=${limits.squares[other] ?? []} chosen=${deal.get} money=${deal.getMoney} most=${limits.most[other]}
        onChange=${(/** @type {number[]} */ get, /** @type {number} */ getMoney) => setDeal({ ...deal, get, getMoney })} />
    </div>
    <footer>
      <p>${isEmpty ? words("trade_nothing_yet") : change === 0 ? words("trade_even")
        : words(change > 0 ? "trade_up" : "trade_down", { amount: Math.abs(change), name: game.names[other] })}</p>
      ${groups.map((text) => html`<p key=${text} class="groups">${text}</p>`)}
      <p class="quiet">${words("trade_left", { count: limits.left })}</p>
      <p class="wrong" role="alert">${broke ? say("reasons", "trade_not_covered") : ""}</p>
      <button type="button" class="primary" disabled=${isEmpty || broke} onClick=${send}>${words("send")}</button>
    </footer>
  </${Dialog}>`;
}

/**
 * A deal without the squares that have changed hands, or are built on, since it was turned down.
 * @param {Deal} deal @param {ReturnType<typeof tradeLimits>} limits @param {number} me @param {number} other @returns {Deal}
 */
function within(deal, limits, me, other) {
  /** @param {number[]} ids @param {number} seat */
  const still = (ids, seat) => ids.filter((id) => limits?.squares[seat]?.includes(id));
  return { ...deal, give: still(deal.give, me), get: still(deal.get, other) };
}

/** @param {{title: string, board: import("../state/board.js").Board, squares: number[], chosen: number[], money: number, most: number,
 *   onChange: (squares: number[], money: number) => void}} props */
function Side({ title, board, squares, chosen, money, most, onChange }) {
  return html`<fieldset><legend>${title}</legend>
    <label>${words("trade_money")} (≤ ${Math.max(most, 0)})
      <input inputmode="numeric" pattern="[0-9]*" value=${money || ""} placeholder="0"
        onInput=${(/** @type {any} */ event) => onChange(chosen, Number(event.currentTarget.value.replace(/\D/g, "").slice(0, 9)) || 0)} /></label>
    ${squares.map((id) => html`<label key=${id} class=${`check group-${squareOf(board, id).group}`}>
      <input type="checkbox" checked=${chosen.includes(id)} onChange=${() => onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id], money)} />
      <span class="swatch">${board.codes.get(id) ?? ""}</span> ${squareName(id)}</label>`)}
  </fieldset>`;
}

/** By how much a deal changes my net worth. @param {import("../state/board.js").Board} board @param {import("../state/game.js").Game} game @param {Deal} deal */
function gain(board, game, deal) {
  /** @param {number[]} ids */
  const worth = (ids) => ids.reduce((sum, id) => sum + (game.holdings[id]?.mortgaged ? 0 : squareOf(board, id).price), 0);
  return deal.getMoney + worth(deal.get) - deal.giveMoney - worth(deal.give);
}

/** Which groups a deal completes or breaks, for both. @param {import("../state/board.js").Board} board @param {import("../state/game.js").Game} game @param {Deal} deal @param {number} other */
export function groupWords(board, game, deal, other) {
  const told = [];
  for (const [seat, gives, gets] of /** @type {[number, number[], number[]][]} */ ([[game.me, deal.give, deal.get], [other, deal.get, deal.give]])) {
    const before = squaresOf(game, seat);
    const after = [...before.filter((id) => !gives.includes(id)), ...gets];
    for (const [group, members] of board.members) {
      const [had, has] = [before, after].map((owned) => members.every((id) => owned.includes(id)));
      if (had !== has) told.push(page(has ? "completes" : "breaks", { name: game.names[seat], group: say("districts", String(group)) }));
    }
  }
  return told;
}
