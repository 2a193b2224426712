"""How a question is read: the parts of `qa.question`, which composes them.

`parts` tells several questions apart, `outlets` and `coverage` find the outlets whose account is asked for, `times` and
`bounds` the days, `followups` makes a follow-up stand alone by the grammar of both questions (`grammar`), `rewrite`
lets a language model do it; `pronouns` finds what they stand for; `limits` holds what comes out.
"""
