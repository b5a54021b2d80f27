/** Build, demolish, mortgage: planned group by group with a running total, then done together. */
import { useState } from "../vendor/hooks.js";
import { html } from "../app/html.js";
import { game as words, page, say, squareName } from "../app/words.js";
import { MOST_LEVELS, mortgageOf, squareOf } from "../state/board.js";
import { squaresOf } from "../state/game.js";
import { may } from "../state/legal.js";
import { Dialog } from "../widgets/dialog.js";

/** @typedef {import("./all.js").DialogProps} DialogProps */

/** @param {DialogProps} props */
export function PropertyDialog({ board, game, table, onClose }) {
  const [levels, setLevels] = useState(/** @type {Record<number, number>} */ ({}));
  const [mortgages, setMortgages] = useState(/** @type {Record<number, boolean>} */ ({}));
  const mine = squaresOf(game, game.me);
  const groups = [...new Set(mine.map((id) => squareOf(board, id).group))];
  /** @param {number} id */
  const levelOf = (id) => levels[id] ?? game.holdings[id].level;
  /** @param {number} id */
  const isMortgaged = (id) => mortgages[id] ?? game.holdings[id].mortgaged;
  const plan = planOf(board, game, mine, levelOf, isMortgaged);
  const left = game.money[game.me] + plan.gain;
  const busy = table.pending.value !== null;
  return html`<${Dialog} title=${page("property")} kind="tall" onClose=${onClose}>
    <div class="scroll" tabindex="0">
      ${groups.map((group) => html`<section key=${group} class=${`plan group-${group}`}>
        <h3><span class="swatch"></span>${say("districts", String(group))} <span class="quiet">${mine.filter((id) => squareOf(board, id).group === group).length}/${board.members.get(group)?.length}</span></h3>
        ${mine.filter((id) => squareOf(board, id).group === group).map((id) => html`<div class="row plan-row" key=${id}>
          <span class="grow">${board.codes.get(id)} ${squareName(id)}</span>
          ${game.holdings[id].complete && squareOf(board, id).build_price > 0 && html`<span class="stepper" role="group" aria-label=${`${words("build")}: ${squareName(id)}`}>
            <button type="button" aria-label=${`${words("demolish")}: ${squareName(id)}`} disabled=${levelOf(id) <= 0} onClick=${() => setLevels({ ...levels, [id]: levelOf(id) - 1 })}>−</button>
            <output>${levelOf(id) === MOST_LEVELS ? "♜" : levelOf(id)}</output>
            <button type="button" aria-label=${`${words("build")}: ${squareName(id)}`} disabled=${levelOf(id) >= MOST_LEVELS} onClick=${() => setLevels({ ...levels, [id]: levelOf(id) + 1 })}>+</button>
          </span>`}
          <label class="check"><input type="checkbox" checked=${isMortgaged(id)} onChange=${() => setMortgages({ ...mortgages, [id]: !isMortgaged(id) })} />
            ${words("mortgaged")} (${mortgageOf(board, id)})</label>
        </div>`)}
      </section>`)}
    </div>
    <footer>
      <p>${page("plan_total", { change: (plan.gain > 0 ? "+" : "") + plan.gain, left })}</p>
      <p class="wrong" role="alert">${plan.uneven ? say("reasons", "uneven") : left < 0 && plan.gain < 0 ? say("reasons", "build_not_covered") : ""}</p>
      <div class="row">
        <button type="button" onClick=${() => {
          setLevels({});
          setMortgages({});
        }}>${page("undo_plan")}</button>
        <button type="button" class="primary" disabled=${busy || !plan.actions.length || plan.uneven || (left < 0 && plan.gain < 0) || !may(game, "ActionSurrender")}
          onClick=${() => {
            table.actAll(plan.actions);
            onClose();
          }}>${page("do_plan")}</button>
      </div>
    </footer>
  </${Dialog}>`;
}

/**
 * What leads from what is to what is planned, in an order in which each step can be done: what brings money first, and
 * level by level, so that the squares of a group stay even.
 * @param {import("../state/board.js").Board} board @param {import("../state/game.js").Game} game @param {number[]} mine
 * @param {(id: number) => number} levelOf @param {(id: number) => boolean} isMortgaged
 */
function planOf(board, game, mine, levelOf, isMortgaged) {
  /** @type {{type: string, square: number, order: number}[]} */
  const steps = [];
  let gain = 0;
  for (const id of mine) {
    const { level, mortgaged } = game.holdings[id];
    const price = squareOf(board, id).build_price;
    for (let at = level; at > levelOf(id); at--) steps.push({ type: "ActionDemolish", square: id, order: 10 - at });
    for (let at = level; at < levelOf(id); at++) steps.push({ type: "ActionBuild", square: id, order: 40 + at });
    gain += level > levelOf(id) ? (level - levelOf(id)) * Math.floor(price / 2) : (level - levelOf(id)) * price;
    if (mortgaged === isMortgaged(id)) continue;
    steps.push({ type: mortgaged ? "ActionMortgageUnset" : "ActionMortgageSet", square: id, order: mortgaged ? 30 : 20 });
    gain += mortgaged ? -mortgageOf(board, id) : mortgageOf(board, id);
  }
  const groups = [...new Set(mine.map((id) => squareOf(board, id).group))];
  const uneven = groups.some((group) => {
    const planned = mine.filter((id) => squareOf(board, id).group === group).map(levelOf);
    return Math.max(...planned) - Math.min(...planned) > 1;
  });
  const actions = steps.sort((a, b) => a.order - b.order).map(({ type, square }) => ({ type, square }));
  return { actions, gain, uneven };
}
