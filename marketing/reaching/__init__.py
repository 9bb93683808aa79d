"""Speaking to shoppers who agreed to it: campaigns by mail, push and on the site."""
