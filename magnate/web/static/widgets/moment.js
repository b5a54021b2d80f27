/** What happens at the moment: a card, an auction, a trade; in the band between the rings. */
import { html } from "../app/html.js";
import { game as words, say, squareName } from "../app/words.js";
import { Mark } from "../board/shapes.js";
import { squareOf } from "../state/board.js";
import { isWaitedFor } from "../state/game.js";
import { cardWords, goods } from "../state/narrator.js";

/** @typedef {import("../state/game.js").Game} Game */
/** @typedef {import("../state/board.js").Board} Board */

/** For how many moves the bids of an auction stay in sight. */
const REVEALED_FOR = 3;

/** What the game waits for. @param {Game} game */
export function phaseWords(game) {
  if (game.phase === "management" && TRAMS.includes(game.positions[game.turnSeat])) return words("phase_tram");
  if (game.phase === "roll_the_dices" && Object.keys(game.destinations).length) return words("phase_bail");
  return words(`phase_${game.phase}`);
}
const TRAMS = [10, 30, 100, 107];

/** Whose turn it is, or who is to bid or to answer. @param {Game} game */
export function turnWords(game) {
  if (game.phase === "auction" && isWaitedFor(game, game.me)) return words("your_bid_now");
  if (game.phase === "proposal_acceptance") {
    return game.phaseSeat === game.me ? words("your_answer") : words("answer_of", { name: game.names[game.phaseSeat] });
  }
  return game.phaseSeat === game.me ? words("your_turn") : words("turn_of", { name: game.names[game.turnSeat] });
}

/** @param {Game} game */
export function roundWords(game) {
  return game.maxRounds ? words("round", { round: Math.min(game.round, game.maxRounds), last: game.maxRounds }) : words("round_open", { round: game.round });
}

/** The round in a few characters, for a small screen. @param {Game} game */
export function shortRound(game) {
  return game.maxRounds ? `${Math.min(game.round, game.maxRounds)}/${game.maxRounds}` : String(game.round);
}

/** @param {{board: Board, game: Game}} props */
export function Moment({ board, game }) {
  const { card, auction, trade } = game;
  if (game.phase === "choose_fantasy" && card) {
    const { title, effect } = cardWords(card);
    return html`<div class="moment"><strong>${words("card_for", { title, price: card.price })}</strong><span>${effect}</span></div>`;
  }
  if (game.phase === "auction" && auction) {
    return html`<div class="moment"><strong>${words("auction_of", { square: squareName(auction.square) })}</strong>
      <span>${words("auction_sealed", { price: squareOf(board, auction.square).price })}</span>
      <span>${auction.own !== null ? words("your_bid", { amount: auction.own }) : ""} ${words("auction_waits", { names: auction.toBid.map((seat) => game.names[seat]).join(", ") })}</span></div>`;
  }
  if (game.phase === "proposal_acceptance" && trade) {
    return html`<div class="moment"><strong>${words("trade_of", { name: game.names[trade.seat], other: game.names[trade.destination] })}</strong>
      <span>${words("trade_gives", { goods: goods(trade.offeredMoney, trade.offered) })}; ${words("trade_gets", { goods: goods(trade.askedMoney, trade.asked) })}</span></div>`;
  }
  const { reveal } = game;
  if (reveal && !reveal.calledOff && game.seq - reveal.seq < REVEALED_FOR) return html`<${Reveal} game=${game} />`;
  return null;
}

/** The bids of an auction, opened. @param {{game: Game}} props */
function Reveal({ game }) {
  const reveal = /** @type {NonNullable<Game["reveal"]>} */ (game.reveal);
  const bids = [...reveal.bids].sort((a, b) => b[1] - a[1]);
  return html`<div class="moment"><strong>${words("auction_of", { square: squareName(reveal.square) })}</strong>
    <span class="bids">${bids.map(([seat, amount]) => html`<span key=${seat} class=${seat === reveal.winner ? "won" : ""}>
      <${Mark} seat=${seat} />${game.names[seat]}: ${amount || words("pass")}</span>`)}</span>
    ${reveal.winner < 0 && html`<span>${say("sentences", reveal.tie ? "auction_tie" : "auction_no_bid")}</span>`}</div>`;
}
