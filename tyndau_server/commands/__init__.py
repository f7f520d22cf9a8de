"""Commands of the server beside ``serve``, one module each; ``tyndau`` finds them by entry points.

In: arguments and the environment of the server. Out: what the server itself would do, said in the
terminal. Django is imported only when a command is called.
"""
