"""A room for each question that a user can ask; none of them runs before it is asked."""
