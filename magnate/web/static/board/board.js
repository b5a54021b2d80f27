/** The board: a picture of the game, and a grid that can be walked through with the arrow keys. */
import { useMemo, useRef, useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { lang, page } from "../app/words.js";
import { Dice } from "./dice.js";
import { CELLS, ROWS, neighbour, placeOf } from "./grid.js";
import { Patterns } from "./patterns.js";
import { Shape } from "./shapes.js";
import { SquareCell, SquareFace } from "./square.js";

/**
 * @typedef {import("../state/board.js").Board} Board
 * @typedef {import("../state/game.js").Game} Game
 */

const CELL = 100;
/** Where tokens stand in a cell, by how many there are. */
const SPOTS = [[[50, 50]], [[30, 50], [70, 50]], [[30, 42], [70, 42], [50, 74]], [[30, 38], [70, 38], [30, 72], [70, 72]]];
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0],
});

/**
 * @param {{board: Board, game: Game, positions: number[], choices: number[], onChoose: (id: number) => void,
 *   children?: unknown}} props
 */
export function BoardView({ board, game, positions, choices, onChoose, children }) {
  const [cursor, setCursor] = useState(game.me >= 0 ? game.positions[game.me] : 0);
  const svg = useRef(/** @type {SVGSVGElement | null} */ (null));

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const arrow = ARROWS[event.key];
    const next = arrow ? neighbour(cursor, arrow[0], arrow[1])
      : event.key === "Home" && game.me >= 0 ? game.positions[game.me]
      : event.key === "n" && choices.length ? choices[(choices.indexOf(cursor) + 1) % choices.length] : null;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onChoose(cursor);
    }
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setCursor(next);
    /** @type {SVGElement | null | undefined} */
    (svg.current?.querySelector(`[data-square="${next}"]`))?.focus();
  }

  return html`<div class="board">
    <svg ref=${svg} viewBox=${`-4 -4 ${CELLS * CELL + 8} ${CELLS * CELL + 8}`} role="grid" aria-label=${page("board")} onKeyDown=${onKey}>
      <${Patterns} />
      <g aria-hidden="true">
        ${ROWS.flat().map((id) => html`<${Face} key=${id} board=${board} game=${game} id=${id} choice=${choices.includes(id)} path=${game.path.includes(id)} />`)}
      </g>
      ${ROWS.map(
        (row, at) => html`<g key=${at} role="row">
          ${row.map((id) => html`<${Cell} key=${id} board=${board} game=${game} id=${id} choice=${choices.includes(id)}
            current=${id === cursor} onChoose=${onChoose} onFocus=${setCursor} />`)}
        </g>`,
      )}
      <${Dice} dice=${game.dice} />
      <${Tokens} game=${game} positions=${positions} />
    </svg>
    ${children}
  </div>`;
}

/** What of the game the look of a square depends on. @param {Game} game @param {number} id */
const about = (game, id) => [JSON.stringify(game.holdings[id]), id === POT ? game.pot : 0, lang.value];
const POT = 111;

/** A face is drawn anew only when something about it has changed. @param {any} props */
function Face(props) {
  const { game, id, choice, path } = props;
  return useMemo(() => html`<${SquareFace} ...${props} />`, [...about(game, id), choice, path]);
}

/** @param {any} props */
function Cell(props) {
  const { game, id, choice, current, onChoose } = props;
  const here = game.positions.map((/** @type {number} */ square, /** @type {number} */ seat) => square === id && !game.out.includes(seat)).join();
  // What servers and bridges earn depends on all of them.
  return useMemo(() => html`<${SquareCell} ...${props} />`, [...about(game, id), here, choice, current, onChoose, game.holdings]);
}

/** @param {{game: Game, positions: number[]}} props */
function Tokens({ game, positions }) {
  const seats = game.order.filter((seat) => !game.out.includes(seat));
  return seats.map((seat) => {
    const square = positions[seat] ?? game.positions[seat];
    const here = seats.filter((each) => (positions[each] ?? game.positions[each]) === square);
    const [x, y] = SPOTS[here.length - 1][here.indexOf(seat)];
    const place = placeOf(square);
    const across = place.x * CELL + (place.width > 1 ? (place.width * CELL) / 2 - 50 : 0) + x;
    const down = place.y * CELL + y * place.height;
    return html`<g key=${seat} class=${`token ${seat === game.phaseSeat ? "active" : ""}`} style=${`transform: translate(${across}px, ${down}px)`} aria-hidden="true">
      <circle class="token-ring" r="21" /><${Shape} seat=${seat} x=${0} y=${0} size=${14} />
    </g>`;
  });
}
