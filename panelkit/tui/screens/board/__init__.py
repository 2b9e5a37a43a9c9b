"""Meetings of the Strategic Management Board on screen: which were held, and who came."""
