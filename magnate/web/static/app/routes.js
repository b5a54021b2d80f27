/** Which view the address names. */
import { signal } from "../vendor/signals.js";

/** @typedef {{view: string, id: string}} Route */

/** @param {string} path @returns {Route} */
export function routeOf(path) {
  const [first = "", second = ""] = path.split("/").filter(Boolean);
  const views = /** @type {Record<string, string>} */ ({ r: "room", g: "game", w: "watch" });
  return { view: views[first] ?? (first || "home"), id: second };
}

/** @type {{value: Route}} */
export const route = signal(routeOf(location.pathname));

/** @param {string} path @param {boolean} [replace] whether the way back leads past where we are */
export function go(path, replace = false) {
  if (path !== location.pathname) history[replace ? "replaceState" : "pushState"](null, "", path);
  route.value = routeOf(path);
}

addEventListener("popstate", () => {
  route.value = routeOf(location.pathname);
});

/** Follow a link of the page without loading it anew. @param {MouseEvent} event */
export function follow(event) {
  const link = event.currentTarget;
  if (event.metaKey || event.ctrlKey || event.shiftKey || !(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  go(link.pathname);
}
