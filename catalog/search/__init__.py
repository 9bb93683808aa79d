"""Finding products: understanding a sentence, retrieving, counting, suggesting, measuring."""
