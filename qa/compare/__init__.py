"""Outlet by outlet: one question put to each independent voice, and what their accounts have in common and apart.

`comparison` is the door. `search` finds what each outlet has, `voices` tells who speaks independently, `columns` weighs
a voice's own sentences and `answering` says which of them answer; `topic` and `events` keep to the event asked about.
`accounts` holds the sentences that are compared; `agreement`, `alone`, `numbers`, `denials` and `contradictions` each
look for one kind of finding in them, `drift` lays quotations side by side by way of `prints`. `findings` puts what they
find in order, `wording` into words; `types` is the document that comes of it, `senses` a list of words of one sense.
"""
