/** A fantasy card, face and back: buy the one, or take an unseen one. */
import { html } from "../app/html.js";
import { game as words, page } from "../app/words.js";
import { actionsOf } from "../state/legal.js";
import { cardWords } from "../state/narrator.js";

/** @param {import("./actions.js").Props} props */
export function CardChoice({ game, busy, onAct }) {
  if (!game.card) return null;
  const mayBuy = actionsOf(game, "ActionChooseCard").some((each) => each.chosen_revealed_card);
  return html`<div class="card-choice">
    <button type="button" class="fantasy face" disabled=${busy || !mayBuy} onClick=${() => onAct({ type: "ActionChooseCard", chosen_revealed_card: true })}>
      <${CardFace} card=${game.card} />
      <small>${mayBuy ? words("card_buy", { price: game.card.price }) : page("cannot_pay", { amount: game.money[game.me] })}</small>
    </button>
    <button type="button" class="fantasy back" disabled=${busy} onClick=${() => onAct({ type: "ActionChooseCard", chosen_revealed_card: false })}>
      <span class="question" aria-hidden="true">?</span><small>${words("card_unseen")}</small>
    </button>
  </div>`;
}

/** @param {{card: import("../state/game.js").Card}} props */
export function CardFace({ card }) {
  const { title, effect } = cardWords(card);
  return html`<strong>${title}</strong><span>${effect}</span>`;
}
