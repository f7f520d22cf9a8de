"""Pages of the field under way, a module an address.

In: requests that the gate let in. Out: pages, fragments, ways back.
"""
