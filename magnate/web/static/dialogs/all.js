/** The dialogs of a game, by the name that opens them. */
import { html } from "../app/html.js";
import { ChatDialog, HistoryDialog, MenuDialog, SurrenderDialog } from "./around.js";
import { DeedDialog, PlayerDialog } from "./look.js";
import { PropertyDialog } from "./property.js";
import { ResultsDialog } from "./results.js";
import { SellDialog } from "./sell.js";
import { TradeDialog } from "./trade.js";

/**
 * @typedef {{dialog: any, board: import("../state/board.js").Board, game: import("../state/game.js").Game,
 *   table: import("../connection/game.js").Table, onAct: (action: object) => void,
 *   onDialog: (name: string, more?: object) => void, onClose: () => void}} DialogProps
 */

/** @type {Record<string, (props: DialogProps) => any>} */
const DIALOGS = {
  deed: DeedDialog,
  player: PlayerDialog,
  property: PropertyDialog,
  trade: TradeDialog,
  sell: SellDialog,
  results: ResultsDialog,
  surrender: SurrenderDialog,
  menu: MenuDialog,
  history: HistoryDialog,
  chat: ChatDialog,
};

/** @param {DialogProps} props */
export function GameDialog(props) {
  const Shown = DIALOGS[props.dialog.name];
  return html`<${Shown} ...${props} />`;
}
