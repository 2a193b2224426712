"""From a question to a proven answer: no search engine, no screen.

In the order a question travels: `question`, `asked` and `counted` read it, `weigh` scores the evidence (`said`,
`acts`), `abstain` may refuse, `quote` answers in the articles' words or `write` in a model's (`llm`, `local`), `cite`
turns sentences into spans, `check` gives each claim its verdict, `sessions` keeps conversations; `engine` is the door.
"""
