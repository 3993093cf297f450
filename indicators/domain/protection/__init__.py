"""Which numbers more must be hidden, so that those that are hidden cannot be worked out.

Plain Python without Django: `figures` lays out what an indicator's numbers have to do with one
another, `hiding` decides what to hide, and `figures.hidden_places` is what others call.
"""
