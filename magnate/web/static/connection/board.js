/** The board of the server, asked for once. */
import { readBoard } from "../state/board.js";

/** @type {Promise<import("../state/board.js").Board> | null} */
let asked = null;

/** @returns {Promise<import("../state/board.js").Board>} */
export function loadBoard() {
  asked ??= load();
  return asked;
}

/** @returns {Promise<import("../state/board.js").Board>} */
async function load() {
  for (;;) {
    try {
      const answer = await fetch("/web/board.json");
      if (answer.ok) return readBoard(await answer.json());
    } catch {
      // the network is away; it is asked again
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
}
