"""What is heard as a merchant reads it: trends, aspects, alerts and words."""
