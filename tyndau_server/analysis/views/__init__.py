"""One module an address: what was asked for, in which language, and the page.

In: requests. Out: responses, from what the build wrote.
"""
