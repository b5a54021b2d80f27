/** Small pictures for buttons that have a name for those who hear it. */
import { html } from "../app/html.js";

const PATHS = /** @type {Record<string, string>} */ ({
  menu: "M4 7H20M4 12H20M4 17H20",
  history: "M12 7V12L15.5 14M4 12a8 8 0 1 0 2.6-5.9M4 4v4h4",
  chat: "M4 5H20V16H11L7 20V16H4Z",
});

/** @param {{name: string}} props */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
