import assert from "node:assert/strict";
import test from "node:test";
import { data, known, load } from "./data.js";

const { readBoard } = await load("state/board.js");
const { netWorth } = await load("state/game.js");
const { readReplay } = await load("state/replay.js");
const board = readBoard(data.board);
const SHOWN = ["money", "positions", "round", "turn", "turnSeat", "pot", "out", "holdings", "worth", "winners"];
const TURN = ["round", "turn", "turnSeat"];

for (const { name, lines, states, plain } of data.games) {
  test(`a replay shows each position of the record ${name}`, () => {
    const games = readReplay(board, lines);
    assert.equal(games.length, states.length + 1);
    states.forEach((state, at) => {
      const shown = known(games[at + 1], netWorth, board);
      const ended = state.phase === "end_game"; // then nobody's turn is shown
      for (const key of ended ? SHOWN.filter((each) => !TURN.includes(each)) : SHOWN) assert.deepEqual(shown[key], state[key], `${key} after move ${at + 1}`);
    });
  });
  test(`a file that is no record with events says what and where: ${name}`, () => {
    assert.throws(() => readReplay(board, plain), { code: "replay_no_events", line: 2 });
    assert.throws(() => readReplay(board, []), { code: "replay_no_record", line: 1 });
    assert.throws(() => readReplay(board, ["[1, 2]"]), { code: "replay_no_record", line: 1 });
    assert.throws(() => readReplay(board, [lines[0], "{"]), { code: "replay_damaged", line: 2 });
  });
}
