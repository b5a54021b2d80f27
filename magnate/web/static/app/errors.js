/** What to tell people of an error. */
import { page, refusal } from "./words.js";
import { Refused, Unreachable } from "./session.js";

/** @param {unknown} error @returns {string} */
export function sentenceOf(error) {
  if (error instanceof Unreachable) return page("unreachable");
  if (error instanceof Refused) return error.sentences.map(refusal).join(" ") || page("failed");
  return page("failed");
}
