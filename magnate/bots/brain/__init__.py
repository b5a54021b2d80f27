"""The brain of the six levels (docs: Bots, The brain): what each choice is worth, with its reasons.

Every judgement is a function of what one seat may see. Money is in whole units; a value is a float of the same unit.
"""
