"""What carriers write, and what customs want to read. Plain rules, said with their reasons."""
