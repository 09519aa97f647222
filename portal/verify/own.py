"""Quantities in the program's own words: each says how something works, and none is a figure of anybody's data.

In:  nothing; a portal without reference tables has them too.
Out: phrase -> why it is no figure. Few: what can be said without a number is.
"""

OWN = {
    "every 10,000": "The base of a rate is a rule.",
    "every 100,000": "The base of a rate is a rule.",
    "every 1,000": "The base of a rate is a rule.",
}
