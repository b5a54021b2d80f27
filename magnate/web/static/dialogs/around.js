/** What stands around a game: the menu, history and chat on a small screen, surrender. */
import { html } from "../app/html.js";
import { go } from "../app/routes.js";
import { game as words, page } from "../app/words.js";
import { Chat } from "../widgets/chat.js";
import { Dialog } from "../widgets/dialog.js";
import { History } from "../widgets/history.js";
import { SettingsForm } from "../widgets/settings_form.js";

/** @typedef {import("./all.js").DialogProps} DialogProps */

/** @param {DialogProps} props */
export function MenuDialog({ game, table, onDialog, onClose }) {
  const plays = !table.watching && game.me >= 0 && !game.out.includes(game.me) && game.phase !== "end_game";
  return html`<${Dialog} title=${page("menu")} onClose=${onClose}>
    <div class="stack">
      <${SettingsForm} />
      <button type="button" onClick=${() => go("/")}>${page("to_start")}</button>
      ${plays && html`<p class="quiet">${words("leave_text")}</p>
        <button type="button" class="danger" onClick=${() => onDialog("surrender")}>${words("surrender")}</button>`}
    </div>
  </${Dialog}>`;
}

/** @param {DialogProps} props */
export function SurrenderDialog({ onAct, onClose }) {
  return html`<${Dialog} title=${words("surrender_title")} onClose=${onClose}>
    <p>${words("surrender_text")}</p>
    <div class="row">
      <button type="button" autofocus onClick=${onClose}>${words("surrender_no")}</button>
      <button type="button" class="danger" onClick=${() => {
        onAct({ type: "ActionSurrender" });
        onClose();
      }}>${words("surrender_yes")}</button>
    </div>
  </${Dialog}>`;
}

/** @param {DialogProps} props */
export function HistoryDialog({ game, onClose }) {
  return html`<${Dialog} title=${page("history")} kind="tall" onClose=${onClose}><${History} game=${game} /></${Dialog}>`;
}

/** @param {DialogProps} props */
export function ChatDialog({ dialog, game, table, onClose }) {
  return html`<${Dialog} title=${page("chat")} kind="tall" onClose=${onClose}>
    <${Chat} said=${game.said} onSay=${table.say} emojis=${dialog.emojis ?? []} />
  </${Dialog}>`;
}
