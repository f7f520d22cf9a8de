"""One module an address of a study's design: the page, a file, an upload, a comparison.

In: requests. Out: responses. What is written is written by `tyndau_server.studies.design`.
"""
