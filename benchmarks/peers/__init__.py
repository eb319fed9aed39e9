"""
What our conversion is compared with: the same document into the same shape, written in other ways.
"""
