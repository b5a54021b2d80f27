/** Everybody's worth, round by round. */
import { html } from "../app/html.js";
import { game as words } from "../app/words.js";

const [WIDTH, HEIGHT, LEFT, BELOW] = [600, 200, 46, 24];

/**
 * @param {{worths: {round: number, worth: number[]}[], names: string[], at?: number | null}} props
 */
export function Plot({ worths, names, at = null }) {
  if (worths.length < 2) return null;
  const most = Math.max(...worths.flatMap((each) => each.worth), 1);
  /** @param {number} index */
  const x = (index) => LEFT + (index / (worths.length - 1)) * (WIDTH - LEFT - 10);
  /** @param {number} worth */
  const y = (worth) => HEIGHT - BELOW - (Math.max(worth, 0) / most) * (HEIGHT - BELOW - 12);
  const last = worths[worths.length - 1];
  const label = `${words("end_over_time")}: ${names.map((name, seat) => `${name} ${last.worth[seat]}`).join(", ")}`;
  return html`<svg class="plot" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${label}>
    <line class="axis" x1=${LEFT} y1=${y(0)} x2=${WIDTH} y2=${y(0)} />
    <text class="tick" x=${LEFT - 6} y=${y(most) + 4}>${most}</text><text class="tick" x=${LEFT - 6} y=${y(0) + 4}>0</text>
    <text class="tick start" x=${LEFT} y=${HEIGHT - 6}>${worths[0].round}</text><text class="tick" x=${WIDTH - 4} y=${HEIGHT - 6}>${last.round}</text>
    ${names.map((_, seat) => html`<polyline key=${seat} class=${`curve seat-${seat}`} points=${worths.map((each, index) => `${x(index)},${y(each.worth[seat])}`).join(" ")} />`)}
    ${at !== null && html`<line class="now" x1=${x(at)} y1="4" x2=${x(at)} y2=${y(0)} />`}
  </svg>`;
}
