"""Who said what about whom: from the sentences of an article to statements with exact spans.

In the order a sentence travels: `syntax` parses those that may hold a word of saying (`cues`), `quotations` pairs marks
over sentences, `contents` proposes what each such word says and `judge` takes the best or nothing, `sources` and
`speakers` find who says it (`names`), `targets` whom it is about; `reader` is the door, `store` keeps them in the
catalogue.
"""
