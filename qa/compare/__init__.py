"""Outlet by outlet: one question put to each independent voice, and what their accounts have in common and apart.

`comparison` is the door. `voices` tells who speaks independently, `search` finds what each has on the question,
`columns` says what each states. `accounts` reads the sentences that are compared; `drift`, `numbers`, `agreement`,
`denials`, `contradictions` and `alone` each look for one kind of finding in them, and `wording` puts it in words.
`relation` says how far two claims strengthen or weaken each other. `types` is the document that comes of it.
"""
