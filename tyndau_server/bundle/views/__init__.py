"""Pages of bundles: a study exported and downloaded, a bundle uploaded.

In: requests. Out: responses; the long work is done by jobs of the queue.
"""
