"""What does an organisation look like, and what do the three stages of simplification do to it?

- Which units, posts and people are there, and do they make an organisation? `Organisation`.
"""

from analysis.restructuring.organisation import Organisation, head_posts

__all__ = ["Organisation", "head_posts"]
