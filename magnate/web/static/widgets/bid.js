/** My one sealed bid: an amount, quick amounts, or a pass. */
import { useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { game as words, page, squareName } from "../app/words.js";
import { squareOf } from "../state/board.js";
import { bidLimits } from "../state/legal.js";

/** @param {import("./actions.js").Props} props */
export function Bid({ board, game, busy, onAct, onDialog }) {
  const limits = bidLimits(game);
  const square = game.auction ? squareOf(board, game.auction.square) : null;
  const [amount, setAmount] = useState(String(Math.min(square?.price ?? 0, limits?.most ?? 0)));
  if (!square || !limits) return null;
  const { least, most } = limits;
  const number = /^\d{1,9}$/.test(amount) ? Number(amount) : NaN;
  const fits = number >= least && number <= most;
  /** @param {number} wanted */
  const put = (wanted) => setAmount(String(Math.max(least, Math.min(most, wanted))));
  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    if (fits && !busy) onAct({ type: "ActionBid", amount: number });
  }
  const quick = [Math.ceil(square.price / 2), square.price, most].filter((each, at, all) => each > 0 && each <= most && all.indexOf(each) === at);
  return html`<form class="bid" onSubmit=${submit}>
    <p class="about"><button type="button" class="plain" onClick=${() => onDialog("deed", { square: square.id })}>${words("auction_of", { square: squareName(square.id) })}</button>
      <span class="quiet"> ${words("auction_rule")}</span></p>
    <div class="row">
      <button type="button" aria-label=${page("less", { amount: 10 })} onClick=${() => put((number || 0) - 10)}>−10</button>
      <label class="grow"><span class="hidden">${words("bid")}</span>
        <input inputmode="numeric" pattern="[0-9]*" value=${amount} aria-invalid=${!fits} aria-describedby="bid-most"
          onInput=${(/** @type {any} */ event) => setAmount(event.currentTarget.value.trim())} /></label>
      <button type="button" aria-label=${page("more_by", { amount: 10 })} onClick=${() => put((number || 0) + 10)}>+10</button>
    </div>
    <div class="row">
      <button class="action primary" disabled=${busy || !fits}>${number === 0 ? words("pass") : words("bid_amount", { amount: fits ? number : "…" })}</button>
      ${number !== 0 && html`<button type="button" class="action" disabled=${busy} onClick=${() => onAct({ type: "ActionBid", amount: 0 })}>${words("pass")}</button>`}
    </div>
    <div class="row">
      ${quick.map((each) => html`<button type="button" key=${each} onClick=${() => put(each)}>${each === most ? page("all_in", { amount: each }) : each}</button>`)}
    </div>
    <p id="bid-most" role="status" class=${fits ? "quiet" : "wrong"}>${fits ? words("auction_most", { amount: most }) : words("auction_digits", { most })}</p>
  </form>`;
}
