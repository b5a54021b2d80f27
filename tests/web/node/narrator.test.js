import assert from "node:assert/strict";
import test from "node:test";
import { data, load } from "./data.js";

const words = await load("app/words.js");
const { Narrator } = await load("state/narrator.js");

for (const lang of ["en", "es"]) {
  test(`each event is told in the words of the terminal client: ${lang}`, () => {
    words.words.value = data.words[lang];
    words.lang.value = lang;
    for (const { names, events, told } of data.moves) {
      const narrator = new Narrator(names);
      assert.deepEqual(events.map((event) => narrator.event(event)), told[lang]);
    }
  });
}

test("the refusals of the server are told in the user's language, words filled in", () => {
  words.words.value = data.words.en;
  words.lang.value = "en";
  assert.equal(words.refusal("Sala llena."), "The room is full.");
  assert.equal(words.refusal("Se necesitan 2 jugadores para iniciar la partida."), "2 players are needed to start the game.");
  words.lang.value = "es";
  assert.equal(words.refusal("There is no such game."), "No existe esa partida.");
  assert.equal(words.refusal("nobody knows this one"), "nobody knows this one");
});
