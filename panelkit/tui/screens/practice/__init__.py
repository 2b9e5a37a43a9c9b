"""Screens of a practice: what there is to practise, what people say, how it goes."""
