"""People and shops: users, merchants, memberships with roles, the fetch that permits."""
