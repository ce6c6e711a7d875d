"""The rules of a vote: what a ballot may say, how ballots are counted, and how an election travels as a Pabulib file.

Pure functions: nothing here knows a database or the web. Amounts are integer cents, scores are integers, and the same
facts always give the same result.
"""
