"""The line mode of `magnate play`: sentences and numbered choices, for screen readers, pipes and slow lines.

No alternate screen, no box drawing, no motion: what happens is told as it happens, and what may be chosen is a list.
"""
