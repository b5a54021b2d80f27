/** What was said, and a line to say something. */
import { useEffect, useRef } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { emoji, page, spoken } from "../app/words.js";

const LONGEST = 500;

/**
 * @param {{said: {user: string, text: unknown}[], onSay: (text: string) => boolean, emojis?: number[]}} props
 */
export function Chat({ said, onSay, emojis = [] }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    list.current?.scrollTo(0, list.current.scrollHeight);
  }, [said.length]);

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const text = String(new FormData(form).get("text")).trim();
    if (text && onSay(text)) form.reset();
  }

  return html`<div class="chat">
    <div class="said" ref=${list} role="log" aria-label=${page("chat")} tabindex="0">
      ${said.map((each, at) => html`<p key=${at}><strong>${each.user}</strong> ${spoken(each.text)}</p>`)}
    </div>
    <form class="row" onSubmit=${submit}>
      <label class="grow"><span class="hidden">${page("say")}</span>
        <input name="text" maxlength=${LONGEST} autocomplete="off" placeholder=${page("say")} />
      </label>
      <button>${page("send")}</button>
    </form>
    ${emojis.length > 0 && html`<div class="row emojis">
      ${emojis.map((item) => html`<button type="button" key=${item} aria-label=${`${page("send")} ${emoji(item)}`} onClick=${() => onSay(`/emoji ${item}`)}>${emoji(item)}</button>`)}
    </div>`}
  </div>`;
}
