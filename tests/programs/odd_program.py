"""A program that plays by chance, and does one odd thing: `python odd_program.py WHAT`."""

import json
import os
import sys
import time
from typing import Any

WHAT = sys.argv[1] if len(sys.argv) > 1 else ""


def say(message: object) -> None:
    print(message if isinstance(message, str) else json.dumps(message), flush=True)


def hear() -> Any:
    line = sys.stdin.readline()
    return json.loads(line) if line else {"type": "bye"}


def answer(message: Any, asked: int) -> object:
    """Return the answer to a question; the odd ones come with the second."""
    actions = message["legal"]["actions"]
    action = next((each for each in actions if each["type"] == "ActionNextPhase"), actions[0])
    if "bid" in message["legal"]:
        action = {"type": "ActionBid", "amount": 0}
    good = {"type": "action", "id": message["id"], "action": action}
    if asked < 2:
        return good
    match WHAT:
        case "dies":
            os._exit(3)
        case "raises":
            raise RuntimeError("no idea")
        case "silent":
            time.sleep(600)
        case "closes":
            os.close(1)
            time.sleep(600)
        case "junk":
            return "I would rather \x1b[31mnot"
        case "list":
            return []
        case "deep":
            return "[" * 20_000
        case "long":
            return json.dumps({**good, "why": "x" * 70_000})
        case "endless":
            while True:
                sys.stdout.write("x" * 4096)
        case "wrong id":
            return {**good, "id": message["id"] + 1}
        case "no action":
            return {**good, "action": {"type": "ActionFly"}}
        case "chat":
            return {**good, "action": {"type": "ChatMessage", "msg": "hello"}}
        case "illegal":
            return {**good, "action": {"type": "ActionBuild", "square": 0, "houses": 1}}
        case "nobody":
            trade = {"type": "ActionTradeProposal", "destination_user": 77, "offered_money": 1, "asked_money": 0}
            return {**good, "action": {**trade, "offered_properties": [], "asked_properties": []}}
    return good


def main() -> None:
    if WHAT == "mute":
        time.sleep(600)
    if WHAT == "gone":
        return
    if WHAT == "talks":
        print("thinking \x1b[31mhard\n\nabout it", file=sys.stderr, flush=True)
    if WHAT == "chatters":
        for number in range(3000):
            print(f"line {number}", file=sys.stderr, flush=True)
    asked = 0
    while True:
        message = hear()
        match message["type"]:
            case "hello":
                say({"type": "hello", "protocol": 99 if WHAT == "later" else 1, "name": f"odd {os.getpid()}"})
            case "decide":
                asked += 1
                say(answer(message, asked))
            case "bye":
                break
            case "news_of_a_later_version" if WHAT == "fragile":
                raise SystemExit(1)
    if WHAT == "lingers":
        time.sleep(600)
    if WHAT == "sulks":
        raise SystemExit(4)


if __name__ == "__main__":
    main()
