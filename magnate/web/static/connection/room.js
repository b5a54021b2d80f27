/** A private room, and the public queue: sockets that lead to a game. */
import { signal } from "../vendor/signals.js";
import { EMPTY, fold } from "../state/room.js";
import { openLine, socketAddress } from "./line.js";
import { socketToken } from "./token.js";

/**
 * @typedef {import("./line.js").Status} Status
 * @typedef {{room: {value: import("../state/room.js").Room}, status: {value: Status},
 *   send: (command: object) => boolean, close: () => void}} RoomLine
 */

const GAME_FOUND = 4001;
const REFUSED = 4003;
const ALREADY_HERE_TRIES = 6;

/** @param {string} code @returns {RoomLine} */
export function openRoom(code) {
  const token = socketToken();
  const room = signal(EMPTY);
  /** @type {{value: Status}} */
  const status = signal(/** @type {Status} */ ({ state: "connecting", tries: 0, code: 0 }));
  let refusedTries = 0;
  const line = openLine({
    address: async () => socketAddress(`/ws/room/${encodeURIComponent(code)}/`, { token: await token.next() }),
    told: (next) => {
      status.value = next;
    },
    isFinal(closed) {
      if (token.closed(closed) || closed === GAME_FOUND) return true;
      // After a reload the server may still hold the socket of before: it is asked a few times.
      if (closed === REFUSED && room.value.refused?.code === "already_in_room") return ++refusedTries > ALREADY_HERE_TRIES;
      return closed === REFUSED;
    },
    take(frame) {
      room.value = fold(room.value, frame);
      if (frame.action === "joined") refusedTries = 0;
    },
  });
  return { room, status, send: line.send, close: line.close };
}

/** Wait for opponents. @param {(game: number) => void} found @returns {{status: {value: Status}, close: () => void}} */
export function openQueue(found) {
  const token = socketToken();
  /** @type {{value: Status}} */
  const status = signal(/** @type {Status} */ ({ state: "connecting", tries: 0, code: 0 }));
  const line = openLine({
    address: async () => socketAddress("/ws/queue/", { token: await token.next() }),
    told: (next) => {
      status.value = next;
    },
    // 1000: another tab has taken the place over.
    isFinal: (code) => token.closed(code) || [1000, 4000, GAME_FOUND].includes(code),
    take(frame) {
      if (frame.action === "match_found") found(frame.game_id);
    },
  });
  return { status, close: line.close };
}
