import assert from "node:assert/strict";
import test from "node:test";
import { data, load } from "./data.js";

const { PLACES, ROWS, neighbour } = await load("board/grid.js");

test("each square lies where the terminal client draws it", () => {
  for (const [id, place] of PLACES) {
    const { x, y, width, height } = place;
    assert.deepEqual([x, y, width, height], data.places[id], `square ${id}`);
  }
  assert.equal(PLACES.size, Object.keys(data.places).length);
  assert.equal(ROWS.flat().length, PLACES.size);
});

test("the arrow keys lead where they lead on the terminal", () => {
  for (const [id, steps] of Object.entries(data.steps)) {
    const arrows = [[0, -1], [0, 1], [-1, 0], [1, 0]];
    assert.deepEqual(arrows.map(([across, down]) => neighbour(Number(id), across, down)), steps, `from ${id}`);
  }
});
