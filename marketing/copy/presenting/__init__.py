"""Copy as people read it: marked words, differences, drafts in lists."""
