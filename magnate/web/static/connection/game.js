/** A game on the server: its frames folded into a signal, and one action at a time sent to it. */
import { batch, signal } from "../vendor/signals.js";
import { fold } from "../state/game.js";
import { openLine, socketAddress } from "./line.js";
import { socketToken } from "./token.js";

/**
 * @typedef {import("../state/game.js").Game} Game
 * @typedef {import("./line.js").Status} Status
 * @typedef {{action: any, seq: number}} Pending
 * @typedef {{
 *   game: {value: Game | null}, status: {value: Status}, pending: {value: Pending | null},
 *   lost: {value: Pending | null}, watching: boolean,
 *   act: (action: object) => boolean, actAll: (actions: object[]) => void, say: (text: string) => boolean, rematch: () => boolean, close: () => void,
 * }} Table
 */

const NOT_YOURS = 4003;

/**
 * Sit down at a game, or look on.
 * @param {import("../state/board.js").Board} board @param {number} id @param {number} user @param {boolean} watching
 * @returns {Table}
 */
export function openTable(board, id, user, watching) {
  const token = socketToken();
  /** @type {{value: Game | null}} */
  const game = signal(null);
  /** @type {{value: Status}} */
  const status = signal(/** @type {Status} */ ({ state: "connecting", tries: 0, code: 0 }));
  /** @type {{value: Pending | null}} An action that was sent and not answered yet. */
  const pending = signal(null);
  /** @type {{value: Pending | null}} An action of which the new connection says that it never arrived. */
  const lost = signal(null);

  const line = openLine({
    async address() {
      if (watching) return socketAddress(`/ws/watch/${id}/`);
      return socketAddress(`/ws/game/${id}/`, { token: await token.next(), legal: "1" });
    },
    told(next) {
      status.value = next;
    },
    isFinal(code) {
      return token.closed(code) || code === NOT_YOURS;
    },
    take(frame) {
      batch(() => {
        const before = game.value;
        const next = fold(board, before, frame, user);
        game.value = next;
        if (next && !next.inStep) line.again();
        settle(frame, next);
      });
    },
  });

  /** See what became of the action that was sent. @param {any} frame @param {Game | null} next */
  function settle(frame, next) {
    const sent = pending.value;
    if (!sent || !next) return;
    if (frame.event_type === "error") {
      pending.value = null;
      queue = [];
    } else if (frame.event_type === "game_response" && isOwn(sent, next)) {
      pending.value = null;
      const action = queue.shift();
      if (action) act(action);
    } else if (frame.event_type === "game_state") {
      pending.value = null;
      queue = [];
      if (next.seq === sent.seq) lost.value = sent; // the server never got it: say so, and let it be done again
    }
  }

  /** @type {object[]} What is to be sent once the action before it is done. */
  let queue = [];

  /** @param {object} action */
  function act(action) {
    const now = game.value;
    if (!now || pending.value || !line.send(action)) return false;
    batch(() => {
      pending.value = { action, seq: now.seq };
      lost.value = null;
    });
    return true;
  }

  /** @param {Pending} sent @param {Game} next */
  function isOwn(sent, next) {
    return next.seq > sent.seq && next.moves.some((move) => move.seq > sent.seq && move.seat === next.me);
  }

  return {
    game,
    status,
    pending,
    lost,
    watching,
    act,
    actAll(actions) {
      const [first, ...rest] = actions;
      queue = first && act(first) ? rest : [];
    },
    say: (text) => line.send({ type: "ChatMessage", msg: text }),
    rematch: () => line.send({ type: "Rematch" }),
    close: line.close,
  };
}
