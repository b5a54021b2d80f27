/**
 * A game as its frames tell it: a pure fold, without a rule of the game. Players are seats, as in the events.
 *
 * @typedef {import("./board.js").Board} Board
 * @typedef {{seat: number, level: number, mortgaged: boolean, complete: boolean}} Holding
 * @typedef {{seat: number, destination: number, offeredMoney: number, askedMoney: number,
 *   offered: number[], asked: number[]}} Trade
 * @typedef {{dice1: number, dice2: number, bus: number, seat: number, seq: number}} Dice
 * @typedef {{square: number, winner: number, amount: number, tie: boolean, bids: [number, number][],
 *   calledOff: boolean, seq: number}} Reveal
 * @typedef {{type: string, value: number | null, price: number}} Card
 * @typedef {{seq: number, round: number, turn: number, seat: number, action: any, events: any[]}} Move
 * @typedef {{user: string, text: unknown, at: number}} Said
 * @typedef {{
 *   id: number, seq: number, me: number, users: number[], names: string[], bots: boolean[], levels: (string | null)[], order: number[],
 *   money: number[], positions: number[], jail: number[], out: number[], departures: Record<number, string>,
 *   phase: string, phaseSeat: number, turnSeat: number, round: number, turn: number, maxRounds: number,
 *   streak: number, proposals: number, pot: number, deadline: number | null,
 *   holdings: Record<number, Holding>, destinations: Record<number, number>,
 *   card: Card | null, auction: {square: number, toBid: number[], own: number | null} | null, trade: Trade | null, turnedDown: Trade | null,
 *   statistics: number[][], bonuses: {category: string, amount: number, seats: number[]}[],
 *   winners: number[], worth: number[] | null,
 *   dice: Dice | null, path: number[], reveal: Reveal | null, played: {card: Card, bought: boolean, seat: number, seq: number} | null,
 *   moves: Move[], worths: {round: number, worth: number[]}[], said: Said[],
 *   action: any, legal: any, refused: {message: string, code: string, reason: string, count: number} | null,
 *   rematch: number | null, asked: number[], viewers: number, inStep: boolean,
 * }} Game
 */
import { squareOf } from "./board.js";

const MOST_MOVES = 500;
const MOST_SAID = 200;

/**
 * Why players left, by seat; nothing from a server that does not say.
 * @param {number[]} users @param {Record<string, string> | undefined} departures by user id
 * @returns {Record<number, string>}
 */
function departuresOf(users, departures = {}) {
  return Object.fromEntries(Object.entries(departures).map(([user, why]) => [users.indexOf(Number(user)), why]));
}

/** Why a player is out. @param {Game} game @param {number} seat */
export const departure = (game, seat) => game.departures[seat] ?? "surrender";

/**
 * Return the game of a snapshot; what only the frames before told (moves, chat, the plot) is taken over from `before`.
 * @param {Board} board @param {any} snapshot @param {number} user who looks on, or -1 @param {Game | null} before
 * @param {any} legal
 * @returns {Game}
 */
export function begin(board, snapshot, user, before, legal = null) {
  const users = snapshot.players;
  /** @type {(user: number) => number} */
  const seat = (id) => users.indexOf(id);
  const old = before && before.id === snapshot.id ? before : null;
  const bids = snapshot.auction?.bids ?? {};
  /** @type {Game} */
  const game = {
    id: snapshot.id,
    seq: snapshot.seq,
    me: seat(user),
    users,
    names: users.map((/** @type {number} */ id) => snapshot.usernames[id]),
    bots: users.map((/** @type {number} */ id) => snapshot.bots.includes(id)),
    levels: users.map((/** @type {number} */ id) => snapshot.bot_levels?.[id] ?? null),
    order: snapshot.ordered_players.map(seat),
    ...common(users, snapshot),
    out: snapshot.eliminated.map(seat),
    departures: departuresOf(users, snapshot.departures),
    maxRounds: snapshot.max_rounds,
    holdings: holdingsOf(users, snapshot.property_relationships),
    destinations: snapshot.possible_destinations,
    card: cardOf(snapshot.fantasy_event),
    auction: snapshot.auction && {
      square: snapshot.auction.square,
      toBid: [],
      own: bids[user] ?? null,
    },
    trade: snapshot.proposal && tradeOf(seat, snapshot.proposal),
    turnedDown: old?.turnedDown ?? null,
    statistics: users.map((/** @type {number} */ id) => snapshot.statistics[id]),
    bonuses: bonusesOf(seat, snapshot.bonuses ?? {}),
    winners: snapshot.winners.map(seat),
    worth: old?.worth ?? null,
    dice: old?.dice ?? null,
    path: [],
    reveal: old?.reveal ?? null,
    played: null,
    moves: old?.moves ?? [],
    worths: old?.worths ?? [],
    said: old?.said ?? [],
    action: null,
    legal,
    refused: null,
    rematch: old?.rematch ?? null,
    asked: old?.asked ?? [],
    viewers: old?.viewers ?? 0,
    inStep: true,
  };
  if (game.auction) {
    const hasBid = (snapshot.auction.has_bid ?? []).map(seat);
    game.auction.toBid = game.order.filter((each) => mayBid(game, each) && !hasBid.includes(each));
  }
  if (snapshot.finished) game.worth = game.worth ?? game.order.map(() => 0).map((_, each) => netWorth(board, game, each));
  if (!game.worths.some((each) => each.round === game.round)) {
    game.worths = [...game.worths, { round: game.round, worth: allWorths(board, game) }];
  }
  return game;
}

/**
 * Return the game after a frame; the same object where the frame changes nothing.
 * @param {Board} board @param {Game | null} game @param {any} frame @param {number} user
 * @returns {Game | null}
 */
export function fold(board, game, frame, user) {
  switch (frame.event_type) {
    case "game_state":
      if (game && game.id === frame.game_state.id && frame.game_state.seq < game.seq) return game;
      return begin(board, frame.game_state, user, game, frame.legal);
    case "game_action":
      return game && { ...game, action: frame.data };
    case "game_response":
      return game && step(board, game, frame.data, frame.legal ?? null);
    case "chat_message":
      return game && { ...game, said: [...game.said, { user: frame.user, text: frame.msg, at: game.seq }].slice(-MOST_SAID) };
    case "error": {
      if (!game) return game;
      const refused = { message: frame.message, code: frame.code, reason: frame.reason ?? "", count: (game.refused?.count ?? 0) + 1 };
      return { ...game, refused, legal: frame.legal ?? game.legal };
    }
    case "rematch":
      return game && { ...game, rematch: frame.game_id ?? game.rematch };
    case "rematch_asked":
      return game && { ...game, asked: game.users.map((_, at) => at).filter((at) => game.asked.includes(at) || game.users[at] === frame.user) };
    case "viewers":
      return game && { ...game, viewers: frame.viewers };
    default:
      return game; // new messages may appear at any time
  }
}

/** @param {Board} board @param {Game} game @param {any} response @param {any} legal @returns {Game} */
function step(board, game, response, legal) {
  if (response.seq <= game.seq) return game;
  if (response.seq !== game.seq + 1) return { ...game, inStep: false };
  const users = game.users;
  /** @type {(user: number) => number} */
  const seat = (id) => users.indexOf(id);
  const actor = game.action ? seat(game.action.player) : game.phaseSeat;
  /** @type {Game} */
  const next = {
    ...game,
    ...common(users, response),
    seq: response.seq,
    destinations: response.possible_destinations ?? {},
    path: [],
    played: null,
    legal,
    refused: null,
    action: null,
  };
  if (response.property_relationships) next.holdings = holdingsOf(users, response.property_relationships);
  if (response.eliminated) next.out = response.eliminated.map(seat);
  if (response.departures) next.departures = departuresOf(users, response.departures);
  if (response.statistics) next.statistics = users.map((id) => response.statistics[id]);
  next.moves = [
    ...game.moves,
    { seq: response.seq, round: game.round, turn: game.turn, seat: actor, action: game.action, events: response.events },
  ].slice(-MOST_MOVES);
  for (const event of response.events) take(board, next, event, game);
  if (next.phase !== "choose_fantasy") next.card = null;
  if (next.phase !== "auction") next.auction = null;
  if (next.phase !== "proposal_acceptance") next.trade = null;
  if (next.round !== game.round) next.worths = [...game.worths, { round: next.round, worth: allWorths(board, next) }];
  return next;
}

/** Take one event in. @param {Board} board @param {Game} next @param {any} event @param {Game} before */
function take(board, next, event, before) {
  switch (event.event) {
    case "Rolled":
      next.dice = { dice1: event.dice1, dice2: event.dice2, bus: event.dice_bus, seat: event.seat, seq: next.seq };
      break;
    case "Walked":
      next.path = event.path;
      break;
    case "CardShown":
      next.card = event.card;
      break;
    case "CardPlayed":
      next.played = { card: event.card, bought: event.bought, seat: event.seat, seq: next.seq };
      break;
    case "AuctionOpened":
      next.auction = { square: event.square, toBid: event.bidders, own: null };
      next.reveal = null;
      break;
    case "BidMade":
      if (next.auction) {
        const own = event.seat === next.me ? (before.action?.amount ?? null) : next.auction.own;
        next.auction = { ...next.auction, own, toBid: next.auction.toBid.filter((each) => each !== event.seat) };
      }
      break;
    case "Left":
      if (next.auction) next.auction = { ...next.auction, toBid: next.auction.toBid.filter((each) => each !== event.seat) };
      break;
    case "AuctionClosed":
      next.reveal = {
        square: event.square,
        winner: event.winner,
        amount: event.amount,
        tie: event.tie,
        bids: event.bids,
        calledOff: event.called_off,
        seq: next.seq,
      };
      break;
    case "Proposed":
      next.trade = before.action && tradeOf((/** @type {number} */ id) => next.users.indexOf(id), before.action);
      break;
    case "Traded":
      next.turnedDown = event.accepted ? null : before.trade;
      break;
    case "BonusPaid":
      next.bonuses = [...next.bonuses, { category: event.category, amount: event.amount, seats: event.seats }];
      break;
    case "GameEnded":
      next.winners = event.winners;
      next.worth = event.worth;
      next.worths = [...next.worths, { round: next.round, worth: event.worth }];
      break;
  }
}

/** What snapshots and responses have in common. @param {number[]} users @param {any} source */
function common(users, source) {
  return {
    money: users.map((id) => source.money[id]),
    positions: users.map((id) => source.positions[id]),
    jail: users.map((id) => source.jail_remaining_turns[id] ?? 0),
    phase: source.phase,
    phaseSeat: users.indexOf(source.active_phase_player),
    turnSeat: users.indexOf(source.active_turn_player),
    round: source.current_round,
    turn: source.current_turn,
    streak: source.streak,
    proposals: source.proposals,
    pot: source.parking_money,
    deadline: source.deadline,
  };
}

/** @param {number[]} users @param {any[]} relationships @returns {Record<number, Holding>} */
function holdingsOf(users, relationships) {
  return Object.fromEntries(
    relationships.map((each) => [
      each.square,
      {
        seat: users.indexOf(each.owner),
        level: Math.max(each.houses, 0),
        mortgaged: each.mortgage,
        complete: each.houses >= 0,
      },
    ]),
  );
}

/** @param {any} event @returns {Card | null} */
function cardOf(event) {
  return event && { type: event.fantasy_type, value: event.value, price: event.card_cost };
}

/** @param {(user: number) => number} seat @param {any} proposal @returns {Trade} */
function tradeOf(seat, proposal) {
  return {
    seat: seat(proposal.player),
    destination: seat(proposal.destination_user),
    offeredMoney: proposal.offered_money ?? 0,
    askedMoney: proposal.asked_money ?? 0,
    offered: proposal.offered_properties ?? [],
    asked: proposal.asked_properties ?? [],
  };
}

/** @param {(user: number) => number} seat @param {Record<string, any>} bonuses */
function bonusesOf(seat, bonuses) {
  return Object.entries(bonuses).map(([category, bonus]) => ({
    category,
    amount: bonus.bonus_amount,
    seats: bonus.winners.map(seat),
  }));
}

/** @param {Game} game @param {number} seat */
const mayBid = (game, seat) => seat !== game.turnSeat && !game.out.includes(seat);

/** Balance, unmortgaged squares at their price, levels at what they cost. @param {Board} board @param {Game} game @param {number} seat */
export function netWorth(board, game, seat) {
  if (game.out.includes(seat)) return 0;
  let worth = game.money[seat];
  for (const [id, holding] of Object.entries(game.holdings)) {
    if (holding.seat !== seat) continue;
    const square = squareOf(board, Number(id));
    worth += (holding.mortgaged ? 0 : square.price) + holding.level * square.build_price;
  }
  return worth;
}

/** @param {Board} board @param {Game} game */
export const allWorths = (board, game) => game.users.map((_, seat) => netWorth(board, game, seat));

/** The squares of a seat, in the order of the board. @param {Game} game @param {number} seat */
export function squaresOf(game, seat) {
  return Object.keys(game.holdings)
    .map(Number)
    .filter((id) => game.holdings[id].seat === seat)
    .sort((a, b) => a - b);
}

/** What a square earns now, as the deed says; for servers and bridges by how many the owner has. @param {Board} board @param {Game} game @param {number} id */
export function rentOf(board, game, id) {
  const holding = game.holdings[id];
  if (!holding || holding.mortgaged) return 0;
  const square = squareOf(board, id);
  if (square.kind !== "property") {
    const owned = (board.members.get(square.group) ?? []).filter((each) => game.holdings[each]?.seat === holding.seat);
    return square.rents[owned.length - 1];
  }
  if (holding.level) return square.rents[holding.level];
  return square.rents[0] * (holding.complete ? 2 : 1);
}

/** Whether this seat is waited for. @param {Game} game @param {number} seat */
export function isWaitedFor(game, seat) {
  if (seat < 0 || game.phase === "end_game" || game.out.includes(seat)) return false;
  return game.phase === "auction" ? Boolean(game.auction?.toBid.includes(seat)) : game.phaseSeat === seat;
}
