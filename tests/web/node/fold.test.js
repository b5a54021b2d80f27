import assert from "node:assert/strict";
import test from "node:test";
import { data, known, load } from "./data.js";

const { readBoard } = await load("state/board.js");
const { begin, fold, netWorth } = await load("state/game.js");
const board = readBoard(data.board);

test("the state of the page is the engine's after every frame", () => {
  for (const { user, frames } of data.games) {
    let game = null;
    for (const { frame, known: wanted } of frames) {
      const before = JSON.stringify(game);
      const next = fold(board, game, frame, user);
      assert.equal(JSON.stringify(game), before, "a fold changes nothing of what it is given");
      game = next;
      if (!wanted) continue;
      assert.ok(game.inStep);
      assert.deepEqual(known(game, netWorth, board), wanted);
    }
  }
});

test("what is repeated or older changes nothing, and a gap is noticed", () => {
  const { user, frames } = data.games[0];
  const raw = frames.map((each) => each.frame);
  const start = fold(board, null, raw[0], user);
  const once = raw.slice(1, 5).reduce((game, frame) => fold(board, game, frame, user), start);
  const twice = fold(board, once, raw[2], user);
  assert.equal(twice, once);
  assert.equal(fold(board, once, raw[0], user), once);
  const gap = fold(board, start, raw[4], user);
  assert.equal(gap.inStep, false);
  assert.deepEqual(gap.money, start.money);
});

test("messages and keys that nobody knows yet change nothing", () => {
  const { user, frames } = data.games[0];
  const game = begin(board, { ...frames[0].frame.game_state, new_key: 1 }, user, null);
  assert.equal(fold(board, game, { event_type: "something_new" }, user), game);
});
