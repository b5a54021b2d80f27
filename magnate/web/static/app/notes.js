/** Short notes that come and go, and are told to screen readers. */
import { signal } from "../vendor/signals.js";

/** @typedef {{id: number, text: string, kind: "info" | "bad"}} Note */

const STAY_MS = 6_000;
let last = 0;

/** @type {{value: Note[]}} */
export const notes = signal([]);

/** @param {string} text @param {"info" | "bad"} [kind] */
export function note(text, kind = "info") {
  const id = ++last;
  notes.value = [...notes.value.filter((each) => each.text !== text), { id, text, kind }].slice(-3);
  setTimeout(() => dismiss(id), STAY_MS);
}

/** @param {number} id */
export function dismiss(id) {
  notes.value = notes.value.filter((each) => each.id !== id);
}
