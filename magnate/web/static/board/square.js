/** What a square looks like, in a cell of 100 by 100. */
import { html } from "../app/html.js";
import { game as words, page, shortName, squareName } from "../app/words.js";
import { MOST_LEVELS, squareOf } from "../state/board.js";
import { rentOf } from "../state/game.js";
import { JAIL, VISITORS, placeOf } from "./grid.js";
import { Shape } from "./shapes.js";

/**
 * @typedef {import("../state/board.js").Board} Board
 * @typedef {import("../state/game.js").Game} Game
 */

const CELL = 100;
/** @type {Record<string, string>} */
const SIGNS = { exit: "➜", fantasy: "?", parking: "P", go_to_jail: "⚖", jail: "▦", jail_visit: "◫", tram: "T", server: "S", bridge: "" };

/** A name in one or two lines. @param {string} name @param {number} room characters of a line */
function lines(name, room) {
  if (name.length <= room) return [name];
  const parts = name.split(" ");
  let first = parts.shift() ?? "";
  while (parts.length && (first + " " + parts[0]).length <= room) first += ` ${parts.shift()}`;
  return [first, parts.join(" ")].filter(Boolean);
}

/**
 * What a square is called aloud: name, owner, what stands on it, what it costs, and who is there.
 * @param {Board} board @param {Game} game @param {number} id
 */
export function squareLabel(board, game, id) {
  const square = squareOf(board, id);
  const holding = game.holdings[id];
  const parts = [`${squareName(id)} (${id})`];
  const code = board.codes.get(id);
  if (code) parts.push(code);
  if (holding) {
    parts.push(words("owned_by", { name: game.names[holding.seat] }));
    if (holding.mortgaged) parts.push(words("mortgaged"));
    else parts.push(words("rent", { amount: rentOf(board, game, id) }));
    if (holding.level) parts.push(holding.level === MOST_LEVELS ? words("hotel") : words("houses", { count: holding.level }));
  } else if (square.price) parts.push(words("free"), words("price", { amount: square.price }));
  else if (square.kind === "parking") parts.push(words("pot", { amount: game.pot }));
  const here = game.users.map((_, seat) => seat).filter((seat) => game.positions[seat] === id && !game.out.includes(seat));
  if (here.length) parts.push(page("standing_here", { names: here.map((seat) => game.names[seat]).join(", ") }));
  return parts.join(", ");
}

/**
 * Where a square can be pressed and reached by keyboard; it lies over its face, and tells in words what the face shows.
 * @param {{board: Board, game: Game, id: number, choice: boolean, current: boolean,
 *   onChoose: (id: number) => void, onFocus: (id: number) => void}} props
 */
export function SquareCell({ board, game, id, choice, current, onChoose, onFocus }) {
  const { x, y, width, height } = placeOf(id);
  return html`<g
    class=${choice ? "square choice" : "square"}
    role="gridcell"
    data-square=${id}
    tabindex=${current ? 0 : -1}
    aria-label=${squareLabel(board, game, id) + (choice ? `. ${page("may_choose")}` : "")}
    transform=${`translate(${x * CELL} ${y * CELL})`}
    onClick=${() => onChoose(id)}
    onFocus=${() => onFocus(id)}
  >
    <rect class="edge" x="2" y="2" width=${width * CELL - 4} height=${height * CELL - 4} rx="6" />
  </g>`;
}

/** @param {{board: Board, game: Game, id: number, choice: boolean, path: boolean}} props */
export function SquareFace({ board, game, id, choice, path }) {
  const place = placeOf(id);
  const square = squareOf(board, id);
  const holding = game.holdings[id];
  const [width, height] = [place.width * CELL, place.height * CELL];
  const kind = [`kind-${square.kind}`, square.group ? `group-${square.group}` : "", holding ? `owner-${holding.seat}` : "",
    holding?.mortgaged ? "mortgaged" : "", choice ? "choice" : "", path ? "path" : "",
    (Math.floor(place.x) + Math.floor(place.y)) % 2 ? "odd" : ""].filter(Boolean).join(" ");
  return html`<g class=${kind} transform=${`translate(${place.x * CELL} ${place.y * CELL})`}>
    <rect class="ground" width=${width} height=${height} />
    ${holding && html`<rect class="tint" width=${width} height=${height} />`}
    ${square.group ? html`<${Owned} board=${board} game=${game} id=${id} width=${width} />` : html`<${Special} game=${game} square=${square} width=${width} height=${height} />`}
  </g>`;
}

/** What can be owned: the bar of the group, code or name, and price or owner. @param {any} props */
function Owned({ board, game, id, width }) {
  const square = squareOf(board, id);
  const holding = game.holdings[id];
  const code = board.codes.get(id) ?? SIGNS[square.kind];
  const middle = width / 2;
  const names = square.kind === "bridge" ? [squareName(id)] : lines(shortName(id) || squareName(id), 8);
  return html`
    <rect class="bar" width=${width} height="30" />
    <rect class="pattern" width=${width} height="30" fill=${`url(#pattern-${square.group})`} />
    ${holding?.level ? html`<${Buildings} level=${holding.level} middle=${middle} />` : html`<text class="code" x=${middle} y="24">${code}</text>`}
    <text class="code-large" x=${middle} y="68">${code || (square.kind === "bridge" ? squareName(id) : "")}</text>
    ${names.map((name, at) => html`<text class="name" key=${at} x=${middle} y=${(names.length > 1 ? 48 : 58) + at * 19}>${name}</text>`)}
    ${holding
      ? html`<rect class="owner-line" x="4" y="78" width=${width - 8} height="18" rx="5" />
          <${Shape} seat=${holding.seat} x=${middle - (holding.mortgaged ? 12 : 0)} y=${87} size=${7} class="owner-mark" />
          ${holding.mortgaged && html`<text class="mortgage-mark" x=${middle + 12} y="94">=</text>`}`
      : html`<text class="price" x=${middle} y="93">${square.price}</text>`}
  `;
}

/** Houses, or a hotel, in the bar. @param {{level: number, middle: number}} props */
function Buildings({ level, middle }) {
  if (level === MOST_LEVELS) return html`<path class="hotel" d=${`M${middle - 16} 26V10L${middle} 3L${middle + 16} 10V26Z`} />`;
  const from = middle - (level * 22) / 2 + 2;
  return Array.from({ length: level }, (_, at) => {
    const x = from + at * 22;
    return html`<path class="house" key=${at} d=${`M${x} 26V14L${x + 9} 5L${x + 18} 14V26Z`} />`;
  });
}

/** What nobody owns. @param {any} props */
function Special({ game, square, width, height }) {
  const small = square.id === JAIL || square.id === VISITORS;
  const name = shortName(square.id);
  if (small) return html`<text class="sign small" x=${width / 2} y=${height / 2 + 10}>${SIGNS[square.kind]}</text>`;
  const amount = square.kind === "parking" ? game.pot : square.kind === "exit" ? `+${square.salary}` : square.fare || "";
  return html`<text class="sign" x=${width / 2} y="56">${SIGNS[square.kind]}</text>
    ${name && html`<text class="name" x=${width / 2} y="76">${name}</text>`}
    ${amount !== "" && html`<text class="price" x=${width / 2} y="95">${amount}</text>`}`;
}
