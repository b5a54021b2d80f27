"""Bots that are programs of their own, in any language: they speak a line of JSON at a time over stdin and stdout.

Name one as `cmd:COMMAND` wherever a bot is named. What is said on the lines stands in `messages`; the view of the game,
what is legal and the actions are those of the wire.
"""
