"""From article files to ranked passages: no language model, no screen, no settings.

In the order an article travels: `readers` open files, `metadata` and `clean` describe what is in them, `segment` finds
sentences, `chunk` makes passages of them, `embed` vectors of these, `statements` reads who said what, and `archive`
publishes all of it (`catalogue`, `dense`, `lexical`, `statement_store`); `fuse` and `balance` rank what is found.
`build` and `retrieve` are the doors.
"""
