/** The words of the page in the language of its user; the same tables as the terminal client's. */
import { signal } from "../vendor/signals.js";

/**
 * @typedef {Record<string, string>} Table
 * @typedef {{
 *   game: Table, lobby: Table, page: Table, sentences: Table, purposes: Table, categories: Table,
 *   squares: Table, short_names: Table, districts: Table, reasons: Table,
 *   cards: Record<string, {title: string, effect: string}>, refusals: [string, string][], emojis: string,
 * }} Words
 * @typedef {Record<string, string | number>} Values
 */

/** @type {{value: Words}} Set before anything is drawn. */
export const words = signal(/** @type {any} */ (null));
export const lang = signal("en");

/** Load the words of a language ("en" or "es"), and speak it from then on. @param {string} wanted */
export async function speak(wanted) {
  const answer = await fetch(`/web/words/${wanted}.json`);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  words.value = await answer.json();
  lang.value = wanted;
  document.documentElement.lang = wanted;
}

/** Fill in a text. @param {string} text @param {Values} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * Return a text of a table; one thing has words of its own (`key_one`).
 * @param {keyof Words} table @param {string} key @param {Values} [values]
 */
export function say(table, key, values = {}) {
  const texts = /** @type {Table} */ (words.value[table]);
  const one = `${key}_one`;
  return fill(texts[values.count === 1 && one in texts ? one : key] ?? key, values);
}

/** @param {string} key @param {Values} [values] */
export const game = (key, values) => say("game", key, values);
/** @param {string} key @param {Values} [values] */
export const lobby = (key, values) => say("lobby", key, values);
/** @param {string} key @param {Values} [values] */
export const page = (key, values) => say("page", key, values);

/** @param {number} square */
export const squareName = (square) => words.value.squares[square] ?? `#${square}`;
/** @param {number} square */
export const shortName = (square) => words.value.short_names[square] ?? "";

/** What an item of the shop looks like. @param {number} item */
export function emoji(item) {
  const all = [...words.value.emojis];
  return all[item % all.length];
}

/** The item of a message that is an owned emoji, or null. @param {string} text */
export function emojiItem(text) {
  const found = /^\/emoji (\d{1,6})$/.exec(text.trim());
  return found ? Number(found[1]) : null;
}

/** What somebody said, as a text: an emoji as itself, an object by its text. @param {unknown} message */
export function spoken(message) {
  const text =
    typeof message === "object" && message !== null ? String(/** @type {any} */ (message).text ?? "") : String(message);
  const item = emojiItem(text);
  return item === null ? text : emoji(item);
}

/** A sentence of the server in the user's language, or as it came. @param {string} text @returns {string} */
export function refusal(text) {
  const to = lang.value === "es" ? 1 : 0;
  for (const pair of words.value.refusals) {
    for (const template of pair) {
      const names = [...template.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
      const pattern = template
        .split(/\{\w+\}/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
        .join("([\\s\\S]+?)");
      const match = new RegExp(`^${pattern}$`).exec(text);
      if (match) return fill(pair[to], Object.fromEntries(names.map((name, at) => [name, refusal(match[at + 1])])));
    }
  }
  return text;
}
