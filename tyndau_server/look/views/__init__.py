"""One module an address: what was asked for, in which language, and the answer.

In: requests. Out: responses. Only what belongs to the frame of every page is answered here, and
what nobody else answers (`refused`).
"""
