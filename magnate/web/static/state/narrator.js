/** A game told in sentences: the same as the terminal client tells, from the same tables. */
import { fill, say, squareName, words } from "../app/words.js";

/** @typedef {import("./game.js").Move} Move */

const BANK = -1;
const HIGHEST_PLAIN_BUS = 3;
const UNTOLD_PAYMENTS = ["price", "bid", "bonus"];

/** @param {string} what @param {import("../app/words.js").Values} [values] */
const tell = (what, values) => say("sentences", what, values);

/** Things as "a, b and c". @param {string[]} things */
export function some(things) {
  if (!things.length) return tell("nothing");
  const last = things[things.length - 1];
  return things.length > 1 ? `${things.slice(0, -1).join(", ")} ${tell("and")} ${last}` : last;
}

/** @param {number} id */
const square = (id) => `${squareName(id)} (${id})`;
/** @param {number[]} ids */
const squares = (ids) => some(ids.map(square));

/** One side of a trade in words. @param {number} money @param {number[]} ids */
export const goods = (money, ids) => some([...(money ? [String(money)] : []), ...ids.map(square)]);

/** Tells in the current language, calling the players by `names`. */
export class Narrator {
  /** @param {string[]} names by seat */
  constructor(names) {
    this.names = names;
  }

  /** @param {number} seat */
  who(seat) {
    return seat < 0 ? tell(seat === BANK ? "bank" : "pot") : this.names[seat];
  }

  /** @param {number} seat */
  to(seat) {
    return seat < 0 ? tell(seat === BANK ? "to_bank" : "to_pot") : say("game", "to_name", { name: this.names[seat] });
  }

  /** @param {number[]} seats */
  seats(seats) {
    return some(seats.map((seat) => this.who(seat)));
  }

  /** What was done and what came of it, sentence by sentence; the beginning of the next turn is left out. @param {Move} move */
  move(move) {
    const done = this.action(move);
    const told = move.events.filter((event) => !goesWithoutSaying(event)).map((event) => this.event(event));
    return (done ? [done, ...told] : told).map((text) => this.sentence(text));
  }

  /** With a capital letter, unless a player's name stands at its beginning. @param {string} text */
  sentence(text) {
    const isName = this.names.some((name) => name && text.startsWith(name) && !/^[\p{L}\p{N}]/u.test(text.slice(name.length)));
    return isName ? text : text.charAt(0).toUpperCase() + text.slice(1);
  }

  /** What an action and all its events say that each event alone does not. @param {Move} move */
  action({ seat, action, events }) {
    const who = this.who(seat);
    switch (action?.type) {
      case "ActionPayBail":
        return action.to_pay === false ? tell("declined_bail", { who }) : "";
      case "ActionTakeTram":
        return events.length ? "" : tell("stays_at_tram", { who, square: square(action.square) });
      case "ActionNextPhase":
        return tell(events.some((event) => ["TurnBegan", "GameEnded"].includes(event.event)) ? "skipped" : "goes_on", { who });
      case "ActionBid":
        if (action.amount === null || action.amount === undefined) return tell("bid_made", { who });
        return tell(action.amount ? "bid" : "bid_pass", { who, amount: action.amount });
      case "ActionTradeProposal":
        return tell("offered", {
          who,
          to: say("game", "to_name", { name: this.names[destinationOf(events)] ?? "" }),
          given: goods(action.offered_money ?? 0, action.offered_properties ?? []),
          taken: goods(action.asked_money ?? 0, action.asked_properties ?? []),
        });
      default:
        return "";
    }
  }

  /** What happened, in one sentence or two. @param {any} event @returns {string} */
  event(event) {
    const teller = TELLERS[event.event];
    return teller ? this.sentence(teller(this, event)) : "";
  }
}

/** @param {any[]} events */
const destinationOf = (events) => events.find((event) => event.event === "Proposed")?.destination ?? -1;

/** @param {any} event */
function goesWithoutSaying(event) {
  if (!(event.event in TELLERS)) return true;
  if (event.event === "Paid") return UNTOLD_PAYMENTS.includes(event.why) || (event.why === "leaving" && event.payer === BANK);
  return ["BidMade", "PhaseSkipped", "Proposed", "TurnBegan"].includes(event.event);
}

/** @param {{type: string, value: number | null}} card */
export function cardWords(card) {
  const texts = words.value.cards[card.type] ?? { title: card.type, effect: card.type };
  return { title: texts.title, effect: fill(texts.effect, { value: String(card.value) }) };
}

/** One function an event. @type {Record<string, (t: Narrator, e: any) => string>} */
const TELLERS = {
  Rolled(t, e) {
    const dice = { who: t.who(e.seat), dice1: e.dice1, dice2: e.dice2 };
    if (e.dice_bus === 0) return tell("rolled_in_jail", dice);
    const rolled = tell("rolled", { ...dice, bus: e.dice_bus <= HIGHEST_PLAIN_BUS ? e.dice_bus : tell("bus") });
    if (e.triple) return `${rolled} ${tell("triple")}`;
    return e.dice1 === e.dice2 ? `${rolled} ${tell(e.streak ? "double" : "third_double")}` : rolled;
  },
  Walked: (t, e) => tell("walked", { who: t.who(e.seat), count: e.path.length - 1, square: square(e.path[e.path.length - 1]) }),
  Jumped: (t, e) => tell("jumped", { who: t.who(e.seat), start: square(e.start), square: square(e.square) }),
  Jailed: (t, e) => tell("jailed", { who: t.who(e.seat) }),
  Freed: (t, e) => tell(e.paid ? "freed_paid" : "freed_double", { who: t.who(e.seat) }),
  Paid(t, e) {
    const why = say("purposes", e.why, { square: e.square === null ? "" : square(e.square) });
    return tell("paid", { who: t.who(e.payer), amount: e.amount, to: t.to(e.payee), why });
  },
  CardShown: (t, e) => tell("card_shown", { ...cardWords(e.card), price: e.card.price }),
  CardPlayed(t, e) {
    const told = [tell(e.bought ? "card_bought" : "card_unseen", { who: t.who(e.seat), ...cardWords(e.card) })];
    if (e.target !== null) told.push(tell("card_target", { target: t.who(e.target), to: t.to(e.target) }));
    if (e.squares.length) told.push(tell("card_squares", { squares: squares(e.squares) }));
    if (e.doubled !== null) told.push(tell(e.doubled ? "card_doubled" : "card_lost"));
    return told.join(" ");
  },
  Bought: (t, e) => tell(e.auctioned ? "won_auction" : "bought", { who: t.who(e.seat), square: square(e.square), price: e.price }),
  AuctionOpened: (t, e) => tell("auction_opened", { square: square(e.square), bidders: t.seats(e.bidders) }),
  BidMade: (t, e) => tell("bid_made", { who: t.who(e.seat) }),
  AuctionClosed(t, e) {
    if (e.called_off) return tell("auction_off", { square: square(e.square) });
    const bids = e.bids.map((/** @type {[number, number]} */ [seat, amount]) => `${t.who(seat)} ${amount}`).join(", ");
    const told = tell("auction_closed", { square: square(e.square), bids });
    return e.winner < 0 ? `${told} ${tell(e.tie ? "auction_tie" : "auction_no_bid")}` : told;
  },
  Built: (t, e) => tell("built", { who: t.who(e.seat), count: e.houses, square: square(e.square) }),
  Demolished: (t, e) => tell("demolished", { who: t.who(e.seat), count: e.houses, square: square(e.square) }),
  Mortgaged: (t, e) => tell("mortgaged", { who: t.who(e.seat), square: square(e.square) }),
  Lifted: (t, e) => tell("lifted", { who: t.who(e.seat), square: square(e.square) }),
  Proposed: (t, e) => tell("proposed", { who: t.who(e.seat), to: t.to(e.destination) }),
  Traded(t, e) {
    const told = [tell(e.accepted ? "traded" : "not_traded", { who: t.who(e.seat), other: t.who(e.destination) })];
    for (const [seat, ids] of /** @type {[number, number[]][]} */ ([[e.seat, e.offered], [e.destination, e.asked]])) {
      if (e.accepted && ids.length) told.push(t.sentence(tell("hands_over", { who: t.who(seat), squares: squares(ids) })));
    }
    return told.join(" ");
  },
  PhaseSkipped: (t, e) => tell("skipped", { who: t.who(e.seat) }),
  Left(t, e) {
    const left = tell(`left_${e.why ?? "surrender"}`, { who: t.who(e.seat) });
    return e.squares.length ? `${left} ${tell("left_squares", { squares: squares(e.squares) })}` : left;
  },
  TurnBegan: (t, e) => tell("turn", { round: e.round, turn: e.turn, who: t.who(e.seat) }),
  BonusPaid: (t, e) => tell("bonus", { category: say("categories", e.category), amount: e.amount, seats: t.seats(e.seats) }),
  GameEnded(t, e) {
    const worth = e.worth.map((/** @type {number} */ amount, /** @type {number} */ seat) => `${t.who(seat)} ${amount}`).join(", ");
    const winners = tell(e.winners.length === 1 ? "won" : "shared", { who: t.seats(e.winners) });
    return `${tell("ended", { worth })} ${t.sentence(winners)}`;
  },
};
