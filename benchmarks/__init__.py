"""
What this package costs, as ratios against named alternatives. Run by ``make bench``; no test is timed.
"""
