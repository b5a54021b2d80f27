"""Magnate: a board game of streets, rents and bargains, with one engine under server, terminal client, bots and simulator."""

__version__ = "0.1.0"
