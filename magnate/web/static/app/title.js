/** The page's title, which tells whose turn it is also when another tab is open. */

/** @param {string} [text] */
export function setTitle(text = "") {
  document.title = text ? `${text} · Magnate` : "Magnate";
}
