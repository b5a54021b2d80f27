/** Moves pieces along their path: what the board shows follows the game, square by square. */
import { signal } from "../vendor/signals.js";
import { settings } from "../app/settings.js";

/** @typedef {import("../state/game.js").Game} Game */

const STEP_MS = /** @type {Record<string, number>} */ ({ normal: 130, fast: 55, off: 0 });
const MOST_WAITING = 40;

/**
 * Follow a game. `shown.value` is the square of each seat as it is to be drawn; a game that runs ahead is caught up with.
 * @returns {{shown: {value: number[]}, follow: (game: Game) => void, stop: () => void}}
 */
export function pieces() {
  /** @type {{value: number[]}} */
  const shown = signal([]);
  /** @type {{seat: number, square: number}[]} */
  let steps = [];
  let seq = -1;
  let id = -1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function next() {
    const step = steps.shift();
    timer = undefined;
    if (!step) return;
    shown.value = shown.value.map((square, seat) => (seat === step.seat ? step.square : square));
    timer = setTimeout(next, STEP_MS[settings.value.animation] ?? 0);
  }

  return {
    shown,
    follow(game) {
      const move = game.moves[game.moves.length - 1];
      const isNext = game.id === id && game.seq === seq + 1 && move?.seq === game.seq;
      const speed = STEP_MS[settings.value.animation] ?? 0;
      [id, seq] = [game.id, game.seq];
      const planned = isNext ? plan(move.events) : [];
      if (!speed || document.hidden || (!isNext && !timer) || steps.length + planned.length > MOST_WAITING) {
        clearTimeout(timer);
        timer = undefined;
        steps = [];
        shown.value = game.positions;
        return;
      }
      steps.push(...planned);
      if (!timer) next();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

/** The steps that events tell of. @param {any[]} events @returns {{seat: number, square: number}[]} */
export function plan(events) {
  const steps = [];
  for (const event of events) {
    if (event.event === "Walked") steps.push(...event.path.slice(1).map((/** @type {number} */ square) => ({ seat: event.seat, square })));
    else if (event.event === "Jumped") steps.push({ seat: event.seat, square: event.square });
    else if (event.event === "Jailed") steps.push({ seat: event.seat, square: 201 });
  }
  return steps;
}
