/** How a table is laid out: board, players, moment, actions; beside them, or in drawers, history and chat. */
import { useMemo, useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { follow } from "../app/routes.js";
import { game as words, page } from "../app/words.js";
import { BoardView } from "../board/board.js";
import { Narrator } from "../state/narrator.js";
import { Chat } from "../widgets/chat.js";
import { Clock } from "../widgets/clock.js";
import { History } from "../widgets/history.js";
import { Icon } from "../widgets/icon.js";
import { Moment, phaseWords, roundWords, shortRound, turnWords } from "../widgets/moment.js";
import { Players } from "../widgets/players.js";

/**
 * @param {{board: import("../state/board.js").Board, game: import("../state/game.js").Game, positions: number[], choices: number[],
 *   mine: boolean, watching: boolean, emojis?: number[], onSquare: (id: number) => void,
 *   onDialog: (name: string, more?: object) => void, onSay: ((text: string) => boolean) | null, children?: unknown}} props
 */
export function TableView({ board, game, positions, choices, mine, watching, emojis = [], onSquare, onDialog, onSay, children }) {
  const [side, setSide] = useState("history");
  const [seen, setSeen] = useState(0);
  const unread = side === "chat" ? 0 : game.said.length - seen;
  const isOver = game.phase === "end_game";
  return html`<div class=${`table ${mine ? "mine" : ""}`}>
    <header class="status">
      <a class="home" href="/" onClick=${follow} aria-label=${page("to_start")}><img src="/web/icon.svg" alt="" width="28" height="28" /></a>
      <h1><span class="whose">${isOver ? words("phase_end_game") : turnWords(game)}</span>
        <span class="what">${isOver ? "" : html`<span class="phase">${phaseWords(game)}</span> · `}<span class="round">${roundWords(game)}</span>${game.viewers > 0 ? html`<span class="viewers"> · ${page("viewers", { count: game.viewers })}</span>` : ""}<span class="round-short" aria-hidden="true">${shortRound(game)}</span></span></h1>
      <button type="button" class="tool small-only" aria-label=${page("history")} onClick=${() => onDialog("history")}><${Icon} name="history" /></button>
      ${onSay && html`<button type="button" class="tool small-only" aria-label=${unread > 0 ? page("chat_unread", { count: unread }) : page("chat")} onClick=${() => {
        setSeen(game.said.length);
        onDialog("chat", { emojis });
      }}><${Icon} name="chat" />${unread > 0 ? html`<span class="unread">${unread}</span>` : ""}</button>`}
      <button type="button" class="tool" aria-label=${page("menu")} onClick=${() => onDialog("menu")}><${Icon} name="menu" /></button>
      <${Clock} deadline=${isOver ? null : game.deadline} mine=${mine} />
    </header>
    <${BoardView} board=${board} game=${game} positions=${positions} choices=${choices} onChoose=${onSquare}>
      <${Moment} board=${board} game=${game} />
      <div class="pot-place">${words("pot", { amount: game.pot })}</div>
    </${BoardView}>
    <${Players} board=${board} game=${game} onPlayer=${(/** @type {number} */ seat) => onDialog("player", { seat })} />
    <${JustNow} game=${game} />
    <section class="actions" aria-label=${page("actions")}>${children}</section>
    <aside class="side">
      <div class="tabs" role="tablist">
        ${["history", "chat"].map((name) => html`<button key=${name} type="button" role="tab" id=${`tab-${name}`} aria-selected=${side === name} aria-controls="side-panel"
          onClick=${() => {
            setSide(name);
            setSeen(game.said.length);
          }}>${page(name)}${name === "chat" && unread > 0 ? html` <span class="unread">${unread}</span>` : ""}</button>`)}
      </div>
      <div id="side-panel" role="tabpanel" aria-labelledby=${`tab-${side}`}>
        ${side === "history" ? html`<${History} game=${game} />` : html`<${Chat} said=${game.said} onSay=${onSay ?? (() => false)} emojis=${emojis} />`}
      </div>
    </aside>
  </div>`;
}

/** The last thing that happened, in a line. @param {{game: import("../state/game.js").Game}} props */
function JustNow({ game }) {
  const narrator = useMemo(() => new Narrator(game.names), [game.names]);
  const told = useMemo(() => {
    for (let at = game.moves.length - 1; at >= 0; at--) {
      const sentences = narrator.move(game.moves[at]);
      if (sentences.length) return sentences;
    }
    return [];
  }, [game.seq, narrator]);
  return html`<p class="just-now">${told.join(" ")}</p>`;
}
