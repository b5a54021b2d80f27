"""Magnate: a board game of streets, rents and bargains; a server, a terminal client, bots and a simulator on one engine."""

__version__ = "0.1.0"
