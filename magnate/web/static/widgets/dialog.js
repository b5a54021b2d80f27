/** A dialog over the page: the browser's own, which keeps the focus in and gives it back. */
import { useEffect, useId, useRef } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { game } from "../app/words.js";

/** @param {{title: string, onClose: () => void, children?: unknown, kind?: string}} props */
export function Dialog({ title, onClose, children, kind = "" }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      else document.getElementById("main")?.focus({ preventScroll: true });
    };
  }, []);
  return html`<dialog ref=${dialog} class=${`dialog ${kind}`} aria-labelledby=${id}
    onCancel=${(/** @type {Event} */ event) => {
      event.preventDefault();
      onClose();
    }}
    onClick=${(/** @type {MouseEvent} */ event) => event.target === dialog.current && onClose()}>
    <div class="dialog-body">
      <header><h2 id=${id}>${title}</h2>
        <button type="button" class="close" aria-label=${game("close")} onClick=${onClose}>×</button></header>
      ${children}
    </div>
  </dialog>`;
}
