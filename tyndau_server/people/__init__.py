"""Who works here and what each may do: accounts, roles by study, invitations, tokens of phones.

In: what people type and which address they ask for. Out: persons and memberships, and the one gate
that every request passes: `matrix` says as data who may ask for which route, `gate` asks it. A
route without a row is refused to everybody.
"""
