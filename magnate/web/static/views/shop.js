/** The shop: pieces and emojis for points. */
import { useEffect, useState } from "../vendor/hooks.js";
import { sentenceOf } from "../app/errors.js";
import { html } from "../app/html.js";
import { note } from "../app/notes.js";
import { callAs, refreshProfile, session } from "../app/session.js";
import { setTitle } from "../app/title.js";
import { emoji, lobby, page } from "../app/words.js";

/** @typedef {{custom_id: number, itemType: string, price: number, owned: boolean}} Item */

/** The piece that everybody has. @type {Item} */
const COMMON = { custom_id: 0, itemType: "piece", price: 0, owned: true };

export function View() {
  const [items, setItems] = useState(/** @type {Item[]} */ ([]));
  async function load() {
    await refreshProfile();
    setItems([COMMON, ...(await callAs("GET", "/shop/items/"))]);
  }
  useEffect(() => {
    setTitle(lobby("shop"));
    load().catch((error) => note(sentenceOf(error), "bad"));
  }, []);
  /** @param {Item} item */
  async function take(item) {
    try {
      if (!item.owned) {
        await callAs("POST", "/shop/buy/", { custom_id: item.custom_id });
        note(lobby("shop_bought"));
      } else await callAs("POST", "/user/change-piece/", { custom_id: item.custom_id });
      await load();
    } catch (error) {
      note(sentenceOf(error), "bad");
    }
  }
  const user = session.value?.user;
  if (!user) return null;
  return html`<section class="card"><h1>${lobby("shop_title", { count: user.points })}</h1>
    <ul class="list">${items.map((item) => html`<li key=${item.custom_id} class="row shop-item">
      <span class="grow">${called(item)}</span><span>${item.price || ""}</span>
      ${item.itemType === "piece" && item.custom_id === user.user_piece ? html`<strong>${lobby("shop_worn")}</strong>`
        : item.owned && item.itemType === "emoji" ? html`<span>${lobby("shop_owned")}</span>`
        : html`<button type="button" disabled=${!item.owned && item.price > user.points} onClick=${() => take(item)}>
            ${item.owned ? page("use_piece") : item.price > user.points ? lobby("shop_too_dear", { count: item.price - user.points }) : page("buy_item")}</button>`}
    </li>`)}</ul></section>`;
}

/** @param {Item} item */
function called(item) {
  if (item.custom_id === COMMON.custom_id) return lobby("shop_common");
  const name = lobby(`shop_${item.itemType}`, { number: item.custom_id });
  return item.itemType === "emoji" ? `${emoji(item.custom_id)} ${name}` : name;
}
