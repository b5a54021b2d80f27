/** All that has happened, turn by turn, the newest last. */
import { useEffect, useMemo, useRef } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { game as words, lang, page } from "../app/words.js";
import { Narrator } from "../state/narrator.js";

/** @param {{game: import("../state/game.js").Game}} props */
export function History({ game }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const narrator = useMemo(() => new Narrator(game.names), [game.names]);
  useEffect(() => {
    list.current?.scrollTo(0, list.current.scrollHeight);
  }, [game.moves.length, game.seq]);
  /** @type {{turn: number, head: string, moves: typeof game.moves}[]} */
  const turns = [];
  for (const move of game.moves) {
    const last = turns[turns.length - 1];
    if (last?.turn === move.turn) last.moves.push(move);
    else turns.push({ turn: move.turn, head: words("turn_heading", { round: move.round, name: game.names[turnSeatOf(move)] }), moves: [move] });
  }
  return html`<div class="history" ref=${list} tabindex="0" role="region" aria-label=${page("history")}>
    ${turns.map((turn) => html`<section key=${turn.turn}>
      <h2>${turn.head}</h2>
      ${turn.moves.map((move) => html`<${Told} key=${move.seq} move=${move} narrator=${narrator} />`)}
    </section>`)}
    ${!turns.length && html`<p class="quiet">${page("nothing_yet")}</p>`}
  </div>`;
}

/** @param {{move: import("../state/game.js").Move, narrator: Narrator}} props */
function Told({ move, narrator }) {
  const told = useMemo(() => narrator.move(move), [move, narrator, lang.value]);
  return told.map((text, at) => html`<p key=${at}>${text}</p>`);
}

/** Whose turn a move belongs to: whoever acted first in it, but for answers and bids. @param {import("../state/game.js").Move} move */
const turnSeatOf = (move) => move.events.find((event) => event.event === "Proposed")?.seat ?? move.seat;
