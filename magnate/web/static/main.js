/** Where the page begins: words, then whatever view the address names. */
import { render } from "./vendor/preact.js";
import { effect } from "./vendor/signals.js";
import { html } from "./app/html.js";
import { settings, show } from "./app/settings.js";
import { lang, speak } from "./app/words.js";
import { App, loadAhead } from "./views/app.js";

const root = /** @type {HTMLElement} */ (document.getElementById("page"));

async function start() {
  show();
  try {
    await speak(settings.value.lang);
  } catch {
    setTimeout(start, 2000); // no words yet: the server or the network is away
    return;
  }
  root.replaceChildren();
  render(html`<${App} />`, root);
  effect(() => {
    if (settings.value.lang !== lang.value) speak(settings.value.lang).catch(() => undefined);
  });
}

loadAhead();
start();
