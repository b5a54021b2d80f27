/** A banner that says what is happening with the connection; nothing while all is well. */
import { html } from "../app/html.js";
import { lobby, page } from "../app/words.js";

/** @param {{status: import("../connection/line.js").Status, over?: string}} props */
export function Connection({ status, over = "" }) {
  const text = status.state === "offline" ? page("offline")
    : status.state === "lost" ? page("lost")
    : status.state === "over" && status.code === 4002 ? lobby("session_over")
    : status.state === "over" ? over : "";
  return html`<div class="banner-place" role="status" aria-live="polite">${text && html`<p class="banner">${text}</p>`}</div>`;
}
