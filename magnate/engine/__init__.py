"""The rules of Magnate, pure: no input or output, no clock, no global randomness.

The door is `magnate.engine.game`; this module stays empty so that importing one part loads only that part.
"""
