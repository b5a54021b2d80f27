#!/usr/bin/env node
// A bot that is a program of its own, on Node without packages: name it `cmd:node examples/program_bot.js`.
//
// It reads a line of JSON at a time from stdin and answers on stdout, like `program_bot.py` beside it, whose choices it
// makes. What it writes to stderr is shown with its name.

const readline = require("node:readline");

/** Money that it does not spend. */
const RESERVE = 200;
/** What it does whenever it may. */
const FIRST = ["ActionTakeTram", "ActionMoveTo", "ActionThrowDices", "ActionChooseCard", "ActionPayBail"];
/** What it does when nothing else is left, in this order. */
const LAST = ["ActionNextPhase", "ActionDropPurchase", "ActionMortgageSet", "ActionDemolish", "ActionTradeAnswer"];

/** Return the action, as clients send it over the wire. */
function decide(me, view, legal) {
  const spare = view.money[me] - RESERVE;
  if (legal.bid) {
    const wanted = Math.min(legal.bid.most, Math.floor(spare / 4));
    return { type: "ActionBid", amount: Math.max(legal.bid.least, wanted) };
  }
  const { actions } = legal;
  const buys = actions.find(({ type, cost }) => ["ActionBuySquare", "ActionBuild"].includes(type) && cost <= spare);
  if (buys) return buys;
  for (const kind of FIRST) {
    const found = actions.find(({ type, cost }) => type === kind && cost <= Math.max(0, spare));
    if (found) return found;
  }
  for (const kind of LAST) {
    const found = actions.find(({ type, choose }) => type === kind && !choose);
    if (found) return found;
  }
  return actions[0]; // the last of all is to surrender
}

let me = 0;
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const message = JSON.parse(line);
  const answer = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
  if (message.type === "hello") answer({ type: "hello", protocol: 1, name: "thrifty in JavaScript" });
  else if (message.type === "new_game") me = message.user;
  else if (message.type === "decide") {
    answer({ type: "action", id: message.id, action: decide(me, message.view, message.legal) });
  } else if (message.type === "bye") process.exit(0);
});
