/** What I may do now: large buttons, each with its price and what it leads to. */
import { html } from "../app/html.js";
import { game as words, page, squareName } from "../app/words.js";
import { isBuyable, squareOf } from "../state/board.js";
import { departure, isWaitedFor, rentOf } from "../state/game.js";
import { actionsOf, may, mayTrade } from "../state/legal.js";
import { goods } from "../state/narrator.js";
import { Bid } from "./bid.js";
import { CardChoice } from "./card.js";

/**
 * @typedef {import("../state/board.js").Board} Board
 * @typedef {import("../state/game.js").Game} Game
 * @typedef {{board: Board, game: Game, busy: boolean, onAct: (action: object) => void,
 *   onDialog: (name: string, more?: object) => void}} Props
 */

/** @param {Props & {watching: boolean}} props */
export function Actions(props) {
  const { game, watching, onDialog } = props;
  if (game.phase === "end_game") return html`<${Button} primary label=${words("results")} onClick=${() => onDialog("results")} />`;
  if (watching) return html`<p class="quiet">${words("watching")}</p>`;
  if (game.out.includes(game.me)) return html`<p class="quiet">${words(`you_are_out_${departure(game, game.me)}`)}</p>`;
  if (!isWaitedFor(game, game.me)) {
    const names = (game.phase === "auction" ? (game.auction?.toBid ?? []) : [game.phaseSeat]).map((seat) => game.names[seat]);
    return html`<p class="quiet waiting">${words("waiting", { name: names.join(", ") })}</p>`;
  }
  const Phase = PHASES[game.phase] ?? Business;
  return html`<${Phase} ...${props} />`;
}

/** @type {Record<string, (props: Props) => any>} */
const PHASES = {
  roll_the_dices: Roll,
  choose_square: Choose,
  choose_fantasy: CardChoice,
  management: Management,
  auction: Bid,
  proposal_acceptance: Answer,
  business: Business,
  liquidation: Business,
};

/**
 * @param {{label: string, more?: string, primary?: boolean, disabled?: boolean, aside?: boolean, onClick: () => void}} props
 *   `aside`: it leads to something that can be done besides, and does not bring the game on.
 */
export function Button({ label, more = "", primary = false, disabled = false, aside = false, onClick }) {
  return html`<button type="button" class=${primary ? "action primary" : "action"} data-aside=${aside ? "" : undefined} disabled=${disabled} onClick=${onClick}>
    <span>${label}</span>${more && html`<small>${more}</small>`}
  </button>`;
}

/** @param {Props} props */
function Roll({ board, game, busy, onAct }) {
  const bail = actionsOf(game, "ActionPayBail");
  const onTable = Object.entries(game.destinations)[0];
  return html`
    ${may(game, "ActionThrowDices") && html`<${Button} primary disabled=${busy} label=${words("roll")} onClick=${() => onAct({ type: "ActionThrowDices" })} />`}
    ${bail.some((each) => each.to_pay !== false) && html`<${Button} disabled=${busy} label=${words("bail", { amount: board.bail })}
      more=${onTable ? arrival(board, game, Number(onTable[0])) : page("then_roll")} onClick=${() => onAct({ type: "ActionPayBail", to_pay: true })} />`}
    ${bail.some((each) => each.to_pay === false) && html`<${Button} disabled=${busy} label=${words("stay_in_jail")} onClick=${() => onAct({ type: "ActionPayBail", to_pay: false })} />`}
  `;
}

/** What happens to whoever goes to a square. @param {Board} board @param {Game} game @param {number} id */
function arrival(board, game, id) {
  const square = squareOf(board, id);
  const holding = game.holdings[id];
  if (isBuyable(board, id)) {
    if (!holding) return words("then_buy", { amount: square.price });
    const rent = rentOf(board, game, id);
    return holding.seat !== game.me && rent ? words("then_rent", { amount: rent, name: game.names[holding.seat] }) : words("then_nothing");
  }
  const then = /** @type {Record<string, string>} */ ({ fantasy: "then_card", go_to_jail: "then_jail", parking: "then_pot", tram: "then_tram" });
  return words(then[square.kind] ?? "then_nothing", { amount: game.pot });
}

/** @param {Props} props */
function Choose({ board, game, busy, onAct }) {
  const squares = actionsOf(game, "ActionMoveTo").map((each) => each.square);
  const hint = html`<p class="hint">${page("choose_how")}</p>`;
  if (squares.length > 6) {
    return html`${hint}<details class="many"><summary>${page("choose_from_list")}</summary>
      ${squares.map((id) => html`<${Destination} key=${id} ...${{ board, game, busy, onAct, id }} />`)}</details>`;
  }
  return html`${hint}${squares.map((id) => html`<${Destination} key=${id} ...${{ board, game, busy, onAct, id }} />`)}`;
}

/** @param {Omit<Props, "onDialog"> & {id: number}} props */
function Destination({ board, game, busy, onAct, id }) {
  const steps = game.destinations[id];
  const far = steps ? words("steps", { count: steps }) : words("jump");
  return html`<${Button} disabled=${busy} label=${`${squareName(id)} (${id})`} more=${`${far} · ${arrival(board, game, id)}`}
    onClick=${() => onAct({ type: "ActionMoveTo", square: id })} />`;
}

/** @param {Props} props */
function Management({ board, game, busy, onAct, onDialog }) {
  const here = game.positions[game.me];
  const square = squareOf(board, here);
  if (!isBuyable(board, here)) return html`<${Tram} ...${{ board, game, busy, onAct, onDialog }} />`;
  const members = board.members.get(square.group) ?? [];
  const mine = members.filter((id) => game.holdings[id]?.seat === game.me).length;
  const after = square.kind === "property"
    ? page(mine + 1 === members.length ? "buy_completes" : "buy_then", { rent: square.rents[0], group: 2 * square.rents[0] })
    : page("buy_then_one", { rent: square.rents[mine] });
  const buy = may(game, "ActionBuySquare");
  return html`
    <${Button} primary disabled=${busy || !buy} label=${words("buy", { amount: square.price })} more=${buy ? after : page("cannot_pay", { amount: game.money[game.me] })}
      onClick=${() => onAct({ type: "ActionBuySquare", square: here })} />
    <${Button} disabled=${busy} label=${words("drop")} more=${page("drop_then")} onClick=${() => onAct({ type: "ActionDropPurchase", square: here })} />
    <${Button} aside label=${page("deed")} onClick=${() => onDialog("deed", { square: here })} />`;
}

/** @param {Props} props */
function Tram({ board, game, busy, onAct }) {
  const here = game.positions[game.me];
  const stops = actionsOf(game, "ActionTakeTram").filter((each) => each.square !== here);
  return html`
    <${Button} primary disabled=${busy} label=${words("stay")} more=${page("for_free")} onClick=${() => onAct({ type: "ActionNextPhase" })} />
    ${stops.map((each) => html`<${Button} key=${each.square} disabled=${busy} label=${squareName(each.square)}
      more=${words("ride", { amount: squareOf(board, each.square).fare })} onClick=${() => onAct({ type: "ActionTakeTram", square: each.square })} />`)}`;
}

/** @param {Props} props */
function Answer({ game, busy, onAct }) {
  const trade = game.trade;
  if (!trade) return null;
  const accept = actionsOf(game, "ActionTradeAnswer").some((each) => each.choose !== false && each.accept !== false);
  return html`
    <div class="terms">
      <p><strong>${page("trade_for_you", { name: game.names[trade.seat] })}</strong></p>
      <p>${words("trade_get")}: ${goods(trade.offeredMoney, trade.offered)}</p>
      <p>${words("trade_give")}: ${goods(trade.askedMoney, trade.asked)}</p>
    </div>
    <${Button} primary disabled=${busy || !accept} label=${words("accept")} onClick=${() => onAct({ type: "ActionTradeAnswer", choose: true })} />
    <${Button} disabled=${busy} label=${words("reject")} onClick=${() => onAct({ type: "ActionTradeAnswer", choose: false })} />`;
}

/** @param {Props} props */
function Business({ game, busy, onAct, onDialog }) {
  const counter = counterOf(game);
  const debt = game.money[game.me] < 0;
  const again = game.streak > 0 && !game.jail[game.me];
  const next = words(debt ? "next_debt" : again ? "next_roll" : "next");
  return html`
    ${debt && html`<${Button} primary label=${words("sell")} more=${words("sell_title", { amount: -game.money[game.me] })} onClick=${() => onDialog("sell")} />`}
    <${Button} primary=${!debt} disabled=${busy || !may(game, "ActionNextPhase")} label=${next} onClick=${() => onAct({ type: "ActionNextPhase" })} />
    <${Button} aside disabled=${!["ActionBuild", "ActionDemolish", "ActionMortgageSet", "ActionMortgageUnset"].some((type) => may(game, type))}
      label=${page("property")} more=${page("property_how")} onClick=${() => onDialog("property")} />
    <${Button} aside disabled=${!mayTrade(game)} label=${words("trade")} onClick=${() => onDialog("trade")} />
    ${counter && html`<${Button} aside label=${page("counter")} more=${words("trade_title") + " " + game.names[counter.destination]} onClick=${() => onDialog("trade", counter)} />`}
    ${debt && html`<${Button} aside label=${words("surrender")} onClick=${() => onDialog("surrender")} />`}`;
}

/**
 * The trade between me and somebody that was turned down last, from my side, to be changed and proposed again; or null.
 * @param {Game} game
 */
export function counterOf(game) {
  const trade = game.turnedDown;
  if (!trade || !mayTrade(game)) return null;
  if (trade.seat === game.me && !game.out.includes(trade.destination)) {
    const again = { give: trade.offered, get: trade.asked, giveMoney: trade.offeredMoney, getMoney: trade.askedMoney };
    return { destination: trade.destination, again };
  }
  if (trade.destination === game.me && !game.out.includes(trade.seat)) {
    const again = { give: trade.asked, get: trade.offered, giveMoney: trade.askedMoney, getMoney: trade.offeredMoney };
    return { destination: trade.seat, again };
  }
  return null;
}
