"""Quantities in the program's own words: each says how something works, and none is a figure of anybody's data.

In:  nothing; a portal without reference tables has them too.
Out: phrase -> why it is no figure. Few: what can be said without a number is.
"""

OWN = {
    "every 10,000": "The base of a rate is a rule.",
    "every 100,000": "The base of a rate is a rule.",
    "every 1,000": "The base of a rate is a rule.",
    "three-year average": "The name of a basis.",
    "rolling twelve months": "The name of a basis.",
    "for twelve months": "The name of a basis.",
    "half a term": "The name of a basis.",
    "average of three years": "The name of a basis.",
    "Guidelines, version 2.2": "Which text of the guidelines is meant.",
    "two like-for-like figures": "What a drawing of a step joins.",
    "starts at 0": "It says how a small drawing is made.",
    "scale from 0": "It says how a drawing is made.",
    "true zero": "The name of a kind of nothing.",
    "A 0 is a true zero": "It explains a sign.",
}
