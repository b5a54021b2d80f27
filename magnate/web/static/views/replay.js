/** A replay: of one of my games, or of a record file that is dropped here and never leaves this machine. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { sentenceOf } from "../app/errors.js";
import { html } from "../app/html.js";
import { follow } from "../app/routes.js";
import { callAs } from "../app/session.js";
import { setTitle } from "../app/title.js";
import { lobby, page } from "../app/words.js";
import { pieces } from "../board/motion.js";
import { loadBoard } from "../connection/board.js";
import { BadRecord, readReplay } from "../state/replay.js";
import { GameDialog } from "../dialogs/all.js";
import { Plot } from "../widgets/plot.js";
import { TableView } from "./table.js";

/** @typedef {import("../state/game.js").Game} Game */

const LARGEST_FILE = 20_000_000;
const STEP_MS = 900;

/** @param {{id: string}} props */
export function View({ id }) {
  const [games, setGames] = useState(/** @type {Game[] | null} */ (null));
  const [board, setBoard] = useState(/** @type {any} */ (null));
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    setTitle(lobby("replay_title"));
    loadBoard().then(setBoard);
  }, []);
  useEffect(() => {
    if (!id || !board) return;
    callAs("GET", `/game/record/${id}/events/`).then((told) => read(told.lines), (error) => setWrong(sentenceOf(error)));
  }, [id, board]);

  /** @param {string[]} lines */
  function read(lines) {
    try {
      setGames(readReplay(board, lines));
      setWrong("");
    } catch (error) {
      setWrong(error instanceof BadRecord ? page(error.code, { line: error.line }) : page("failed"));
    }
  }
  /** @param {File | undefined | null} file */
  async function take(file) {
    if (!file || !board) return;
    if (file.size > LARGEST_FILE) setWrong(page("replay_no_record", { line: 1 }));
    else read((await file.text()).split("\n"));
  }
  /** @param {DragEvent} event */
  function drop(event) {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  }

  if (games) return html`<${Replay} board=${board} games=${games} />`;
  if (id && !wrong) return html`<p class="loading">${page("loading")}</p>`;
  return html`<section class="card drop" onDragOver=${(/** @type {Event} */ event) => event.preventDefault()} onDrop=${drop}>
    <h1>${lobby("replay_title")}</h1>
    <p>${page("replay_how")}</p>
    <p class="wrong" role="alert">${wrong}</p>
    <label>${lobby("replay_path")}<input type="file" accept=".jsonl,.json,.ndjson,application/json" onChange=${(/** @type {any} */ event) => take(event.currentTarget.files[0])} /></label>
    <p><a href="/" onClick=${follow}>${page("to_start")}</a></p>
  </section>`;
}

/** @param {{board: import("../state/board.js").Board, games: Game[]}} props */
function Replay({ board, games }) {
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [dialog, setDialog] = useState(/** @type {any} */ (null));
  const motion = useMemo(pieces, [games]);
  const last = games.length - 1;
  const game = games[at];
  const rounds = useMemo(() => game.worths.map((each) => Math.max(games.findIndex((one) => one.round >= each.round), 0)), [games]);
  useMemo(() => motion.follow(game), [game]);
  useEffect(() => {
    if (!playing) return;
    if (at >= last) return setPlaying(false);
    const timer = setTimeout(() => setAt(at + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, at]);
  /** @param {number} to */
  const go = (to) => setAt(Math.max(0, Math.min(last, to)));
  /** The first move of the round before or after. @param {number} by */
  const byRound = (by) => go(by > 0 ? (rounds.find((each) => each > at) ?? last) : ([...rounds].reverse().find((each) => each < at) ?? 0));
  const keys = useRef({ go, byRound });
  keys.current = { go, byRound };
  const where = useRef(at);
  where.current = at;
  useLayoutEffect(() => { // before it is seen: a key that comes at once counts
    /** @param {KeyboardEvent} event */
    const onKey = (event) => {
      const target = /** @type {Element} */ (event.target);
      if (target.closest("input, select, dialog, [role=grid], .history")) return;
      const does = /** @type {Record<string, () => void>} */ ({
        ArrowRight: () => keys.current.go(where.current + 1),
        ArrowLeft: () => keys.current.go(where.current - 1),
        PageDown: () => keys.current.byRound(1),
        PageUp: () => keys.current.byRound(-1),
        Home: () => keys.current.go(0),
        End: () => keys.current.go(Infinity),
      })[event.key];
      if (!does) return;
      event.preventDefault();
      does();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const round = game.worths.findLastIndex((_, index) => rounds[index] <= at);
  return html`
    <${TableView} board=${board} game=${game} positions=${motion.shown.value} choices=${NONE} mine=${false} watching=${true}
      onSquare=${(/** @type {number} */ square) => setDialog({ name: "deed", square })} onDialog=${(/** @type {string} */ name, /** @type {any} */ more) => setDialog({ name, ...more })} onSay=${null}>
      <div class="scrubber">
        <${Plot} worths=${game.worths} names=${game.names} at=${round} />
        <label><span class="hidden">${page("replay_move")}</span><input type="range" min="0" max=${last} value=${at} aria-valuetext=${page("replay_at", { move: at, last })} onInput=${(/** @type {any} */ event) => go(Number(event.currentTarget.value))} /></label>
        <div class="row">
          <button type="button" aria-label=${page("replay_round_back")} onClick=${() => byRound(-1)}>⏮</button>
          <button type="button" aria-label=${page("replay_back")} onClick=${() => go(at - 1)}>◀</button>
          <button type="button" class="primary" aria-pressed=${playing} onClick=${() => setPlaying(!playing)}>${page(playing ? "replay_pause" : "replay_play")}</button>
          <button type="button" aria-label=${page("replay_on")} onClick=${() => go(at + 1)}>▶</button>
          <button type="button" aria-label=${page("replay_round_on")} onClick=${() => byRound(1)}>⏭</button>
          <span class="quiet">${page("replay_at", { move: at, last })}</span>
        </div>
      </div>
    </${TableView}>
    ${dialog && html`<${GameDialog} key=${`${dialog.name}-${dialog.square ?? ""}`} dialog=${dialog} board=${board} game=${game} table=${STILL} onAct=${() => undefined}
      onDialog=${(/** @type {string} */ name, /** @type {any} */ more) => setDialog({ name, ...more })} onClose=${() => setDialog(null)} />`}`;
}

/** @type {number[]} */
const NONE = [];
/** A table at which nobody plays. */
const STILL = { watching: true, pending: { value: null }, lost: { value: null }, act: () => false, actAll() {}, say: () => false, rematch: () => false };
