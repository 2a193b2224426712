"""What a claim is checked for, a room a question; `qa.check` puts them together.

`evidence` is what is cited with what stands around it; `fold` and `words` read text, `lexicon` holds word lists.
`quotes` and `quoting`: are quotation marks exact. `names`, `quantities` and `facts`: are names, numbers and days there.
`polarity` and `stance`: is it denied, and as sure. `attribution`, `saying` and `outlet`: does the one named say it.
`align` and `support`: does the rest follow. `faults` is what each of them finds.
"""
