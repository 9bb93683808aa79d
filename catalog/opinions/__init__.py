"""What buyers think: each review's feeling and what it says of what, and digests of many.

Reviews are judged by workers and commands (`judging`), with a head that `training` makes of
labelled texts; pages only count the rows (`digesting`). Code owns every number; nothing here
writes a sentence that no review stands behind.
"""
