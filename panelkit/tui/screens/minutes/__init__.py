"""The minute taker's desk: the queue, and the draft of one meeting."""
