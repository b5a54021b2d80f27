/** What a user sets, kept in this browser. */
import { signal } from "../vendor/signals.js";

/**
 * @typedef {{lang: string, theme: string, animation: string, sound: boolean}} Settings
 */

export const THEMES = ["city", "day", "safe", "contrast"];
export const ANIMATIONS = ["normal", "fast", "off"];
const KEY = "magnate.settings";

/** @returns {Settings} */
function defaults() {
  const light = matchMedia("(prefers-color-scheme: light)").matches;
  const contrast = matchMedia("(prefers-contrast: more)").matches;
  return {
    lang: navigator.language.startsWith("es") ? "es" : "en",
    theme: contrast ? "contrast" : light ? "day" : "city",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? "off" : "normal",
    sound: false,
  };
}

/** @returns {Settings} */
function stored() {
  try {
    return { ...defaults(), ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return defaults(); // storage is off, or somebody else wrote there
  }
}

/** @type {{value: Settings}} */
export const settings = signal(stored());

/** @param {Partial<Settings>} change */
export function set(change) {
  settings.value = { ...settings.value, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.value));
  } catch {
    // a browser that keeps nothing still plays
  }
  show();
}

/** Put the theme on the page. */
export function show() {
  document.documentElement.dataset.theme = settings.value.theme;
  document.documentElement.dataset.animation = settings.value.animation;
}
