/** Where the squares lie: a grid of 11 by 11 cells, both rings and the bridges between them; the terminal's board too. */

/** @typedef {{x: number, y: number, width: number, height: number}} Place in cells, from the top left */

export const CELLS = 11;
export const JAIL = 201;
export const VISITORS = 104;

const INNER = [
  [7, 7], [7, 6], [7, 5], [7, 4], [7, 3], [6, 3], [4, 3], [3, 3], [3, 4], [3, 5], [3, 6], [3, 7], [4, 7], [6, 7],
];

/** @type {Map<number, Place>} The place of each square; the jail and its visitors share a cell. */
export const PLACES = places();

function places() {
  /** @type {Map<number, Place>} */
  const found = new Map();
  /** @param {number} id @param {number} row @param {number} column @param {number} [width] */
  const put = (id, row, column, width = 1) => found.set(id, { x: column, y: row, width, height: 1 });
  for (let step = 0; step < 10; step++) {
    put(step, 10, 10 - step);
    put(10 + step, 10 - step, 0);
    put(20 + step, 0, step);
    put(30 + step, step, 10);
  }
  INNER.forEach(([row, column], step) => put(100 + step, row, column));
  put(15, 5, 0, 4);
  put(35, 5, 7, 4);
  const corner = /** @type {Place} */ (found.get(VISITORS));
  found.set(JAIL, { ...corner, height: 0.5 });
  found.set(VISITORS, { ...corner, y: corner.y + 0.5, height: 0.5 });
  return found;
}

/** The squares by row of the grid, each row from left to right. */
export const ROWS = Array.from({ length: CELLS }, (_, row) =>
  [...PLACES.keys()]
    .filter((id) => Math.floor(placeOf(id).y) === row)
    .sort((a, b) => placeOf(a).x - placeOf(b).x || placeOf(a).y - placeOf(b).y),
);

/** @param {number} id @returns {Place} */
export function placeOf(id) {
  return PLACES.get(id) ?? { x: 5, y: 5, width: 1, height: 1 };
}

/**
 * Return the square that the eye meets first going from `from` by an arrow key; `from` itself where nothing lies that way.
 * @param {number} from @param {number} across -1, 0 or 1 @param {number} down -1, 0 or 1; one of both is 0
 * @param {Iterable<number>} [among]
 */
export function neighbour(from, across, down, among = PLACES.keys()) {
  const here = placeOf(from);
  let best = from;
  let least = [Infinity, Infinity];
  for (const id of among) {
    if (id === from) continue;
    const there = placeOf(id);
    const ahead = across ? way(here.x, here.width, there.x, there.width, across) : way(here.y, here.height, there.y, there.height, down);
    const aside = across ? gap(here.y, here.height, there.y, there.height) : gap(here.x, here.width, there.x, there.width);
    if (ahead < 0) continue;
    const apart =
      Math.abs(here.x + here.width / 2 - there.x - there.width / 2) + Math.abs(here.y + here.height / 2 - there.y - there.height / 2);
    // What is aside costs more than what is far, and of two in line the one whose middle is nearer is meant.
    const cost = [ahead + 3 * aside, apart];
    if (cost[0] < least[0] || (cost[0] === least[0] && cost[1] < least[1])) [best, least] = [id, cost];
  }
  return best;
}

/** How far `there` begins beyond the edge of `here`. @param {number} here @param {number} size @param {number} there @param {number} other @param {number} direction */
const way = (here, size, there, other, direction) => (direction > 0 ? there - (here + size) : here - (there + other));

/** The gap between two stretches, their edges counted. @param {number} here @param {number} size @param {number} there @param {number} other */
function gap(here, size, there, other) {
  const found = Math.max(there - (here + size), here - (there + other));
  return found >= 0 ? found + 0.5 : 0;
}
