/** An amount that counts up or down to what it is. */
import { useEffect, useRef, useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { settings } from "../app/settings.js";

const COUNT_MS = 500;

/** @param {{amount: number}} props */
export function Money({ amount }) {
  const [shown, setShown] = useState(amount);
  const now = useRef(amount);
  useEffect(() => {
    const from = now.current;
    if (from === amount) return;
    if (settings.value.animation === "off" || document.hidden) {
      now.current = amount;
      setShown(amount);
      return;
    }
    const began = performance.now();
    let frame = requestAnimationFrame(function count(time) {
      const part = Math.min((time - began) / COUNT_MS, 1);
      now.current = Math.round(from + (amount - from) * Math.max(part, 0));
      setShown(now.current);
      if (part < 1) frame = requestAnimationFrame(count);
    });
    return () => cancelAnimationFrame(frame);
  }, [amount]);
  return html`<span class=${amount < 0 ? "money debt" : "money"}>${shown}</span>`;
}
