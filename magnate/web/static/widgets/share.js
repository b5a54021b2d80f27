/** The link of a room: to copy, to share, to scan. */
import { html } from "../app/html.js";
import { note } from "../app/notes.js";
import { page } from "../app/words.js";

/** @param {{code: string}} props */
export function Share({ code }) {
  const link = `${location.origin}/r/${code}`;
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  return html`<section class="card share">
    <h2>${page("invite")}</h2>
    <label>${page("link")}<input readonly value=${link} onFocus=${(/** @type {any} */ event) => event.currentTarget.select()} /></label>
    <div class="row">
      <button type="button" onClick=${() => copy(link)}>${page("copy_link")}</button>
      ${"share" in navigator && html`<button type="button" onClick=${() => navigator.share({ title: "Magnate", url: link }).catch(() => undefined)}>${page("share_link")}</button>`}
    </div>
    ${isHere && html`<p class="quiet">${page("only_here")}</p>`}
    <img class="qr" src=${`/r/${code}/qr.svg`} alt=${page("qr_of", { link })} width="180" height="180" />
  </section>`;
}

/** Browsers give the clipboard to pages over https and of this machine only; elsewhere the old way works. @param {string} text */
async function copy(text) {
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (!done) throw new Error("not copied");
    }
    note(page("copied"));
  } catch {
    note(page("not_copied"), "bad");
  }
}
