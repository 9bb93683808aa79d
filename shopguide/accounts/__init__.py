"""People and shops: users, merchants, memberships with roles, and the fetch that is the permission."""
