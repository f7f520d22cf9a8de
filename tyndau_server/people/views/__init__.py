"""One module an address: what was asked for, in which language, and the page.

In: requests. Out: responses. A view looks things up and chooses a template; what changes something
is an action of the package around it.
"""
