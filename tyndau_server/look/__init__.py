"""The look: the frame of every page, its components, texts, refusals.

In: what a view shows. Out: pages in Kazakh, Russian and English. It knows no study.
"""
