#!/usr/bin/env python3
"""A bot that is a program of its own, on Python's standard library alone.

Name it `cmd:python3 examples/program_bot.py`.

It reads a line of JSON at a time from stdin and answers on stdout. It buys what it can pay, builds while 200 is left,
and never trades. What it prints to stderr is shown with its name.
"""

import json
import sys
from typing import Any

RESERVE = 200
"""Money that it does not spend."""
FIRST = ("ActionTakeTram", "ActionMoveTo", "ActionThrowDices", "ActionChooseCard", "ActionPayBail")
"""What it does whenever it may."""
LAST = ("ActionNextPhase", "ActionDropPurchase", "ActionMortgageSet", "ActionDemolish", "ActionTradeAnswer")
"""What it does when nothing else is left, in this order."""


def decide(me: int, view: Any, legal: Any) -> object:
    """Return the action, as clients send it over the wire."""
    spare = view["money"][str(me)] - RESERVE
    if "bid" in legal:
        return {"type": "ActionBid", "amount": max(legal["bid"]["least"], min(legal["bid"]["most"], spare // 4))}
    actions = legal["actions"]
    for action in actions:
        if action["type"] in ("ActionBuySquare", "ActionBuild") and action["cost"] <= spare:
            return action
    for kind in FIRST:
        for action in actions:
            if action["type"] == kind and action["cost"] <= max(0, spare):
                return action
    for kind in LAST:
        for action in actions:
            if action["type"] == kind and not action.get("choose"):
                return action
    return actions[0]  # the last of all is to surrender


def main() -> None:
    """Answer line by line until Magnate says bye."""
    me = 0
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "hello":
            answer = {"type": "hello", "protocol": 1, "name": "thrifty"}
        elif message["type"] == "new_game":
            me = message["user"]
            continue
        elif message["type"] == "decide":
            action = decide(me, message["view"], message["legal"])
            answer = {"type": "action", "id": message["id"], "action": action}
        elif message["type"] == "bye":
            return
        else:
            continue  # what is new in a later version says nothing to this program
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
