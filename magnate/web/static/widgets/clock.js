/** How long there is: a bar that shrinks, seconds for the last part, and a warning to oneself in the last ten. */
import { useEffect, useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { clockAhead } from "../app/session.js";
import { game as words, page } from "../app/words.js";

const WARN_SECONDS = 10;

/** @param {{deadline: number | null, mine: boolean}} props */
export function Clock({ deadline, mine }) {
  const [began, setBegan] = useState({ deadline, total: 1 });
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (deadline === null) return;
    const remaining = () => Math.max((deadline - Date.now() - clockAhead) / 1000, 0);
    setBegan({ deadline, total: Math.max(remaining(), 1) });
    setLeft(remaining());
    const timer = setInterval(() => setLeft(remaining()), 500);
    return () => clearInterval(timer);
  }, [deadline]);
  if (deadline === null) return html`<div class="clock none"></div>`;
  const seconds = Math.ceil(left);
  const warn = mine && seconds <= WARN_SECONDS;
  return html`<div class=${`clock ${warn ? "warn" : ""}`}>
    <div class="clock-bar" style=${`transform: scaleX(${Math.min(left / began.total, 1)})`}></div>
    <span class="seconds" role="timer">${words("seconds_left", { seconds })}</span>
    <span class="hidden" role="alert">${warn ? page("ten_seconds") : ""}</span>
  </div>`;
}
