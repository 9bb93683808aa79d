"""What a message is for: names, our own utterances, a trained head over the encoder, and rules."""
