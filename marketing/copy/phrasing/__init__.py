"""Copy in words: a product's material and an angle in, a channel's parts out. Rules, no model.

`material` gathers what may be said, `lines` says it, and each channel is put together by a module
of its family: `pages`, `adverts`, `letters`, `posts`. What has no fact is not spoken of, so few
facts make short copy.
"""
