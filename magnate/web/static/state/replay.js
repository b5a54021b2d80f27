/**
 * A recorded game from its events: the state before and after each move, as the board shows it.
 * Records with events come from the server, and from `magnate replay --json`.
 *
 * @typedef {import("./board.js").Board} Board
 * @typedef {import("./game.js").Game} Game
 */
import { allWorths } from "./game.js";

const [BANK, POT] = [-1, -2];
const JAIL = 201;
/** What cards do to the squares that they name: levels, or a mortgage lifted. */
const CARD_LEVELS = /** @type {Record<string, number>} */ ({ breakOpponentHouse: -1, breakOwnHouse: -1, earthquake: -1, freeHouse: 1 });
const JAIL_TURNS = 3;

/** Something is wrong with the file; `code` names its sentence. */
export class BadRecord extends Error {
  /** @param {string} code @param {number} line */
  constructor(code, line) {
    super(`${code} in line ${line}`);
    this.code = code;
    this.line = line;
  }
}

/**
 * Read a record and return the game after each move; the first is the start.
 * @param {Board} board @param {string[]} lines @returns {Game[]}
 */
export function readReplay(board, lines) {
  const rows = lines.map((text, at) => ({ text, line: at + 1 })).filter((row) => row.text.trim());
  const header = parse(rows[0]?.text ?? "", 1);
  if (header.magnate !== "record" || header.format !== 1 || !Array.isArray(header.seats)) throw new BadRecord("replay_no_record", 1);
  let game = start(header);
  game = { ...game, worths: [{ round: game.round, worth: allWorths(board, game) }] };
  const games = [game];
  for (const { text, line } of rows.slice(1)) {
    const row = parse(text, line);
    if ("result" in row) break;
    if (!Array.isArray(row.events)) throw new BadRecord("replay_no_events", line);
    try {
      game = step(board, game, row);
    } catch {
      throw new BadRecord("replay_damaged", line);
    }
    games.push(game);
  }
  const { worths } = game; // the plot shows the whole game, wherever one looks
  return games.map((each) => ({ ...each, worths }));
}

/** @param {string} text @param {number} line @returns {any} */
function parse(text, line) {
  try {
    const row = JSON.parse(text);
    if (row && typeof row === "object") return row;
  } catch {
    // told below
  }
  throw new BadRecord(line === 1 ? "replay_no_record" : "replay_damaged", line);
}

/** @param {any} header @returns {Game} */
function start(header) {
  const count = header.seats.length;
  const position = header.start ?? {};
  const settings = position.settings ?? header.settings ?? {};
  const players = Array.from({ length: count }, (_, seat) => position.players?.[seat] ?? {});
  /** @type {Record<number, import("./game.js").Holding>} */
  const holdings = {};
  players.forEach((player, seat) => {
    for (const [id, held] of Object.entries(/** @type {Record<string, any>} */ (player.squares ?? {}))) {
      holdings[Number(id)] = { seat, level: held.level ?? 0, mortgaged: held.mortgaged ?? false, complete: false };
    }
  });
  const order = header.order ?? position.order ?? players.map((_, seat) => seat);
  const turnSeat = position.turn_seat ?? order[0];
  return {
    id: header.game ?? 0, seq: 0, me: -1, users: players.map((_, seat) => seat),
    names: header.seats.map((/** @type {any} */ each, /** @type {number} */ seat) => each.name || `#${seat}`),
    bots: players.map((_, seat) => !(settings.humans ?? []).includes(seat)),
    levels: players.map((_, seat) => header.bot_levels?.[seat] ?? null), order,
    money: players.map((player) => player.balance ?? 1500),
    positions: players.map((player) => player.position ?? 0),
    jail: players.map((player) => player.jail_turns ?? 0),
    out: position.eliminated ?? [],
    departures: Object.fromEntries((position.eliminated ?? []).map(
      (/** @type {number} */ seat, /** @type {number} */ at) => [seat, position.departures?.[at] ?? "surrender"])),
    phase: position.phase ?? "roll_the_dices", phaseSeat: turnSeat, turnSeat,
    round: position.round ?? 1, turn: position.turn ?? 1, maxRounds: settings.max_rounds ?? 30,
    streak: position.streak ?? 0, proposals: 0, pot: position.pot ?? 0, deadline: null, holdings,
    destinations: {}, card: null, auction: null, trade: null, turnedDown: null, statistics: [], bonuses: [], winners: [], worth: null,
    dice: null, path: [], reveal: null, played: null, moves: [], worths: [], said: [], action: null, legal: null,
    refused: null, rematch: null, asked: [], viewers: 0, inStep: true,
  };
}

/** @param {Board} board @param {Game} before @param {any} row @returns {Game} */
function step(board, before, row) {
  /** @type {Game} */
  const game = {
    ...before,
    seq: row.move,
    money: [...before.money],
    positions: [...before.positions],
    jail: [...before.jail],
    holdings: { ...before.holdings },
    phase: row.phase,
    phaseSeat: row.seat,
    round: row.round,
    turn: row.turn,
    path: [],
  };
  const action = actionOf(row);
  game.moves = [...before.moves, { seq: row.move, round: row.round, turn: row.turn, seat: row.seat, action, events: row.events }];
  for (const event of row.events) take(game, event);
  for (const [group, members] of board.members) {
    if (group > 12) continue;
    const owner = game.holdings[members[0]]?.seat;
    const complete = owner !== undefined && members.every((id) => game.holdings[id]?.seat === owner);
    for (const id of members) {
      const held = game.holdings[id];
      if (held && held.complete !== complete) game.holdings[id] = { ...held, complete };
    }
  }
  if (game.round !== before.round || row.events.some((/** @type {any} */ each) => each.event === "GameEnded")) {
    game.worths = [...before.worths, { round: game.round, worth: game.worth ?? allWorths(board, game) }];
  }
  return game;
}

/** The action as the wire names it. @param {any} row */
function actionOf(row) {
  return { ...row.action, type: `Action${row.action.type}`, player: row.seat };
}

/** @param {Game} game @param {any} event */
function take(game, event) {
  switch (event.event) {
    case "Rolled":
      game.dice = { dice1: event.dice1, dice2: event.dice2, bus: event.dice_bus, seat: event.seat, seq: game.seq };
      break;
    case "Walked":
      game.path = event.path;
      game.positions[event.seat] = event.path[event.path.length - 1];
      break;
    case "Jumped":
      game.positions[event.seat] = event.square;
      break;
    case "Jailed":
      game.positions[event.seat] = JAIL;
      game.jail[event.seat] = JAIL_TURNS;
      break;
    case "Freed":
      game.jail[event.seat] = 0;
      break;
    case "Paid":
      pay(game, event.payer, -event.amount);
      pay(game, event.payee, event.amount);
      break;
    case "CardPlayed":
      game.played = { card: event.card, bought: event.bought, seat: event.seat, seq: game.seq };
      for (const id of event.squares) {
        const held = game.holdings[id];
        if (held) game.holdings[id] = { ...held, level: held.level + (CARD_LEVELS[event.card.type] ?? 0), mortgaged: event.card.type === "reviveProperty" ? false : held.mortgaged };
      }
      break;
    case "Bought":
      game.holdings[event.square] = { seat: event.seat, level: 0, mortgaged: false, complete: false };
      break;
    case "AuctionClosed":
      game.reveal = { square: event.square, winner: event.winner, amount: event.amount, tie: event.tie, bids: event.bids, calledOff: event.called_off, seq: game.seq };
      break;
    case "Built":
    case "Demolished":
      change(game, event.square, { level: game.holdings[event.square].level + (event.event === "Built" ? event.houses : -event.houses) });
      break;
    case "Mortgaged":
    case "Lifted":
      change(game, event.square, { mortgaged: event.event === "Mortgaged" });
      break;
    case "Traded":
      if (!event.accepted) break;
      for (const id of event.offered) change(game, id, { seat: event.destination });
      for (const id of event.asked) change(game, id, { seat: event.seat });
      break;
    case "Left":
      for (const id of event.squares) delete game.holdings[id];
      game.out = [...game.out, event.seat];
      game.departures = { ...game.departures, [event.seat]: event.why ?? "surrender" };
      break;
    case "TurnBegan":
      Object.assign(game, { turnSeat: event.seat, phaseSeat: event.seat, turn: event.turn, round: event.round, phase: "roll_the_dices" });
      break;
    case "BonusPaid":
      game.bonuses = [...game.bonuses, { category: event.category, amount: event.amount, seats: event.seats }];
      break;
    case "GameEnded":
      Object.assign(game, { winners: event.winners, worth: event.worth, phase: "end_game" });
      break;
  }
}

/** @param {Game} game @param {number} who @param {number} amount */
function pay(game, who, amount) {
  if (who >= 0) game.money[who] += amount;
  else if (who === POT) game.pot += amount;
  else if (who !== BANK) throw new Error("nobody pays that");
}

/** @param {Game} game @param {number} id @param {Partial<import("./game.js").Holding>} how */
function change(game, id, how) {
  game.holdings[id] = { ...game.holdings[id], ...how };
}
