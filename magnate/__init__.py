"""Magnate: a board game of streets, rents and bargains.

One engine (`magnate.engine`), four ways in: the server, the terminal client, the simulator and Python.
"""

__version__ = "0.1.0"
