"""One module an address: what was asked for, in which language, and the page.

In: requests. Out: responses. A view looks things up and chooses a template; it reads no file and
changes nothing but by an action of `tyndau_server.jobs`.
"""
