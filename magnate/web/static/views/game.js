/** A game: the board, who plays, what may be done now, what just happened. Also for those who only watch. */
import { useCallback, useEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { note } from "../app/notes.js";
import { follow, go } from "../app/routes.js";
import { callAs, refreshProfile, session } from "../app/session.js";
import { play } from "../app/sound.js";
import { setTitle } from "../app/title.js";
import { game as words, page, refusal, say } from "../app/words.js";
import { pieces } from "../board/motion.js";
import { loadBoard } from "../connection/board.js";
import { openTable } from "../connection/game.js";
import { isWaitedFor } from "../state/game.js";
import { choices, choose } from "../state/legal.js";
import { Narrator } from "../state/narrator.js";
import { Actions } from "../widgets/actions.js";
import { Connection } from "../widgets/connection.js";
import { phaseWords, turnWords } from "../widgets/moment.js";
import { GameDialog } from "../dialogs/all.js";
import { TableView } from "./table.js";

/** @typedef {import("../connection/game.js").Table} Table */
/** @typedef {import("../state/board.js").Board} Board */

/** @param {{id: string, view: string}} props */
export function View({ id, view }) {
  const [open, setOpen] = useState(/** @type {{board: Board, table: Table} | null} */ (null));
  const watching = view === "watch";
  const user = session.value?.user.pk ?? -1;
  useEffect(() => {
    let isHere = true;
    /** @type {Table | null} */
    let table = null;
    loadBoard().then((board) => {
      if (!isHere) return;
      table = openTable(board, Number(id), watching ? -1 : user, watching);
      setOpen({ board, table });
    });
    return () => {
      isHere = false;
      table?.close();
    };
  }, [id, watching, user]);
  if (!open) return html`<p class="loading">${words("loading")}</p>`;
  return html`<${Playing} ...${open} />`;
}

/** @param {{board: Board, table: Table}} props */
function Playing({ board, table }) {
  const game = table.game.value;
  const status = table.status.value;
  if (status.state === "over" && (!game || status.code === 4002)) return html`<${NotHere} code=${status.code} />`;
  if (!game) return html`<${Connection} status=${status} /><p class="loading">${words("loading")}</p>`;
  return html`<${Running} board=${board} table=${table} game=${game} />`;
}

/** @param {{board: Board, table: Table, game: import("../state/game.js").Game}} props */
function Running({ board, table, game }) {
  const [dialog, setDialog] = useState(/** @type {{name: string, [more: string]: any} | null} */ (null));
  const [emojis, setEmojis] = useState(/** @type {number[]} */ ([]));
  const motion = useMemo(pieces, [table]);
  const mine = isWaitedFor(game, game.me);
  const isOver = game.phase === "end_game";
  const open = useCallback((/** @type {string} */ name, more = {}) => setDialog({ name, ...more }), []);

  useMemo(() => motion.follow(game), [game.seq, game.id]);
  useEffect(() => motion.stop, [motion]);
  useEffect(() => {
    setTitle(isOver ? words("results") : mine ? `● ${turnWords(game)}` : turnWords(game));
    if (mine) play("turn");
  }, [mine, isOver, game.turnSeat, game.phase]);
  useEffect(() => {
    if (game.dice?.seq === game.seq) play("dice");
  }, [game.dice]);
  useEffect(() => {
    if (game.refused) note(game.refused.reason ? say("reasons", game.refused.reason) : refusal(game.refused.message), "bad");
  }, [game.refused?.count]);
  useEffect(() => {
    if (table.lost.value) note(page("not_arrived"), "bad");
  }, [table.lost.value]);
  useEffect(() => {
    if (isOver) {
      open("results");
      if (!table.watching) refreshProfile().catch(() => undefined);
    }
  }, [isOver]);
  useEffect(() => {
    if (game.rematch !== null) go(`/${table.watching ? "w" : "g"}/${game.rematch}`, true);
  }, [game.rematch]);
  useEffect(() => {
    if (!table.watching) callAs("GET", "/shop/user-emojis/").then((items) => setEmojis(items.map((/** @type {any} */ each) => each.custom_id)), () => undefined);
  }, []);

  const choosable = choices(game);
  const latest = useRef({ game, table });
  latest.current = { game, table };
  const onSquare = useCallback((/** @type {number} */ id) => {
    const { game: now, table: at } = latest.current;
    const action = choose(now, id);
    if (action) at.act(action);
    else open("deed", { square: id });
  }, []);
  const act = (/** @type {object} */ action) => {
    if (!table.act(action) && !table.pending.value) note(words("not_sent"), "bad");
  };
  const close = () => setDialog(null);

  return html`
    <${Connection} status=${table.status.value} over=${page("table_closed")} />
    <${TableView} board=${board} game=${game} positions=${motion.shown.value} choices=${choosable} mine=${mine} watching=${table.watching}
      emojis=${emojis} onSquare=${onSquare} onDialog=${open} onSay=${table.watching ? null : table.say}>
      <${Actions} board=${board} game=${game} busy=${table.pending.value !== null} watching=${table.watching} onAct=${act} onDialog=${open} />
    </${TableView}>
    <${Heard} game=${game} />
    ${dialog && html`<${GameDialog} key=${`${dialog.name}-${dialog.square ?? ""}`} dialog=${dialog} board=${board} game=${game} table=${table} onAct=${act} onDialog=${open} onClose=${close} />`}
  `;
}

/** What just happened, for those who hear the page: the sentences of the last move, and what is waited for. @param {{game: import("../state/game.js").Game}} props */
function Heard({ game }) {
  const narrator = useMemo(() => new Narrator(game.names), [game.names]);
  const last = game.moves[game.moves.length - 1];
  const told = last?.seq === game.seq ? narrator.move(last) : [];
  const now = isWaitedFor(game, game.me) ? `${turnWords(game)}: ${phaseWords(game)}.` : "";
  return html`<div class="hidden" role="log" aria-live="polite" aria-label=${page("just_now")}>
    <p key=${game.seq}>${told.join(" ")} ${now}</p>
  </div>`;
}

/** @param {{code: number}} props */
function NotHere({ code }) {
  return html`<section class="card"><h1>${page(code === 4002 ? "signed_out" : "no_game")}</h1>
    <p>${page(code === 4002 ? "sign_in_again" : "no_game_how")}</p>
    <a class="button primary" href="/" onClick=${follow}>${page("to_start")}</a></section>`;
}
