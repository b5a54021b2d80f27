/** How the bar of each group is hatched, so that its colour is not all that tells it. */
import { html } from "../app/html.js";

/** One path of a tile of 12 by 12 each; the first and the seventh group are plain. */
const PATHS = [
  "", "M0 12L12 0", "M0 0L12 12", "M6 0V12", "M0 6H12", "M0 12L12 0M0 0L12 12", "M3 3h2v2h-2z",
  "M0 6H12M6 0V12", "M0 3H12M0 9H12", "M3 0V12M9 0V12", "M6 2l4 4l-4 4l-4-4z", "M2 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0", "M0 10L6 2L12 10", "M0 2L6 10L12 2",
];

export function Patterns() {
  return html`<defs>
    ${PATHS.map(
      (path, at) => html`<pattern key=${at} id=${`pattern-${at + 1}`} width="12" height="12" patternUnits="userSpaceOnUse">
        <path class="hatch" d=${path || "M0 0"} />
      </pattern>`,
    )}
  </defs>`;
}
