/** Settings, as a page of their own. */
import { useEffect } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { setTitle } from "../app/title.js";
import { lobby } from "../app/words.js";
import { SettingsForm } from "../widgets/settings_form.js";

export function View() {
  useEffect(() => setTitle(lobby("settings_title")), []);
  return html`<section class="card"><h1>${lobby("settings_title")}</h1><${SettingsForm} /></section>`;
}
