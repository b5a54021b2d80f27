/** What a user sets: it counts at once. */
import { html } from "../app/html.js";
import { ANIMATIONS, set, settings, THEMES } from "../app/settings.js";
import { lobby, page } from "../app/words.js";

export function SettingsForm() {
  const now = settings.value;
  /** @param {string} label @param {"lang" | "theme" | "animation"} key @param {[string, string][]} options */
  const choice = (label, key, options) => html`<label>${label}
    <select value=${now[key]} onChange=${(/** @type {any} */ event) => set({ [key]: event.currentTarget.value })}>
      ${options.map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
    </select></label>`;
  return html`
    ${choice(lobby("settings_lang"), "lang", [["en", "English"], ["es", "Español"]])}
    ${choice(lobby("settings_theme"), "theme", THEMES.map((theme) => [theme, lobby(`theme_${theme}`)]))}
    ${choice(lobby("settings_animation"), "animation", ANIMATIONS.map((speed) => [speed, page(`animation_${speed}`)]))}
    <label class="check"><input type="checkbox" checked=${now.sound} onChange=${(/** @type {any} */ event) => set({ sound: event.currentTarget.checked })} />${page("sound")}</label>`;
}
