"""Pages of people: a shop's team, keys, webhooks and log; one's own sessions; invitations."""
