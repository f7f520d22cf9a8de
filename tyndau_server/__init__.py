"""The server: studies in the browser, built and shown; it computes nothing itself.

In: folders of studies, named by the command ``tyndau serve``. Out: pages in Kazakh, Russian and
English. What people see is read from the folders at every request, never copied into the database,
which holds only what people and the worker do: the queue of jobs. The pure package `tyndau` never
imports this one; its command is joined by an entry point.
"""
