"""One module an address: what was asked for, in which language, and the page.

In: requests. Out: responses. A view reads forms and chooses a template; what changes something is
an action of `tyndau_server.people`.
"""
