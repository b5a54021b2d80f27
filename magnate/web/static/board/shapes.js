/** Each player has a shape besides a colour: ● ▲ ■ ◆, by seat. */
import { html } from "../app/html.js";

export const SHAPES = "●▲■◆";

/** @param {number} seat @param {number} x @param {number} y @param {number} size half of its width */
function outline(seat, x, y, size) {
  switch (seat) {
    case 0:
      return `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0Z`;
    case 1:
      return `M${x} ${y - size}L${x + size} ${y + size}H${x - size}Z`;
    case 2:
      return `M${x - size} ${y - size}H${x + size}V${y + size}H${x - size}Z`;
    default:
      return `M${x} ${y - size}L${x + size} ${y}L${x} ${y + size}L${x - size} ${y}Z`;
  }
}

/** @param {{seat: number, x: number, y: number, size: number, class?: string}} props */
export function Shape({ seat, x, y, size, class: name = "" }) {
  return html`<path class=${`shape seat-${seat} ${name}`} d=${outline(seat, x, y, size)} />`;
}

/** The mark of a player beside a name. @param {{seat: number}} props */
export function Mark({ seat }) {
  return html`<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><${Shape} seat=${seat} x=${10} y=${10} size=${8} /></svg>`;
}
