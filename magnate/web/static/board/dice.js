/** The roll on the table, for the eye; the history and what just happened tell it in words. */
import { html } from "../app/html.js";

const PIPS = /** @type {Record<number, [number, number][]>} */ ({
  1: [[1, 1]], 2: [[0, 0], [2, 2]], 3: [[0, 0], [1, 1], [2, 2]], 4: [[0, 0], [2, 0], [0, 2], [2, 2]],
  5: [[0, 0], [2, 0], [1, 1], [0, 2], [2, 2]], 6: [[0, 0], [2, 0], [0, 1], [2, 1], [0, 2], [2, 2]],
});
const HIGHEST_PLAIN_BUS = 3;

/** @param {{value: number, x: number, y: number, bus?: boolean}} props */
function Die({ value, x, y, bus = false }) {
  const isBus = bus && value > HIGHEST_PLAIN_BUS;
  return html`<g transform=${`translate(${x} ${y})`}><g class=${`die ${bus ? "bus" : ""}`}>
    <rect width="80" height="80" rx="16" />
    ${isBus
      ? html`<path class="bus-body" d="M14 22h52a6 6 0 0 1 6 6v26h-64v-26a6 6 0 0 1 6-6z" /><path class="bus-window" d="M14 28h14v12h-14zM33 28h14v12h-14zM52 28h14v12h-14z" /><circle cx="24" cy="56" r="7" /><circle cx="56" cy="56" r="7" />`
      : (PIPS[value] ?? []).map(([column, row], at) => html`<circle key=${at} cx=${20 + column * 20} cy=${20 + row * 20} r="8" />`)}
  </g></g>`;
}

/** @param {{dice: import("../state/game.js").Dice | null}} props */
export function Dice({ dice }) {
  if (!dice) return null;
  const all = dice.bus ? [dice.dice1, dice.dice2, dice.bus] : [dice.dice1, dice.dice2];
  const left = 150 - (all.length * 90 - 10) / 2;
  return html`<g class="dice" key=${dice.seq} aria-hidden="true" transform="translate(400 400)">
    ${all.map((value, at) => html`<${Die} key=${at} value=${value} x=${left + at * 90} y=${100} bus=${at === 2} />`)}
  </g>`;
}
