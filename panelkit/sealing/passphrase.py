"""A passphrase that is told by voice: words to offer, and one form for however it is typed.

256 words, of which eight are drawn: each word is eight bits, together 64. Told apart by their
first four letters, spelt in one way, sounding like no other in the list.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Final

from panelkit.domain.errors import BadInput

DRAWN: Final = 8
"""Words in a passphrase that is offered."""
FEWEST: Final = 12
"""Characters of a passphrase that somebody made up."""

WORDS: Final = tuple(
    """
    acorn album alder amber anchor angle ankle apple apron arch arrow atlas attic autumn badge bagel
    baker balcony bamboo banjo barley basil beacon bench birch biscuit blanket blossom bonnet bottle
    boulder bracket bridge bronze bubble bucket buffalo bugle bundle butter cabin cactus camel
    candle carbon castle cavern cedar cello chalk cherry chimney cinema circle citrus clarinet
    clover cobalt coffee comet copper coral cottage cradle cricket crystal cuckoo cupboard curtain
    cushion cymbal daisy damson dancer denim desert diamond dinner dolphin domino donkey dragon
    drizzle eagle easel echo elbow elephant ember emerald engine envelope falcon feather fiddle
    finch flannel flute forest fossil fountain galaxy garden geyser ginger giraffe glacier glider
    goblet goldfish gravel guitar hammer harbour hazel hedgehog helmet hermit hockey honey hotel
    iceberg igloo indigo island ivory jacket jasmine jelly jigsaw jungle kayak kernel kettle kitten
    knapsack ladder lagoon lantern lavender lemon leopard lettuce lilac linen lizard lobster locket
    lotus magnet mango maple marble meadow melon mimosa mirror mitten monkey mosaic mountain muffin
    museum napkin nectar needle nutmeg oasis ocean olive onion orbit orchid otter oxygen oyster
    paddle palace panda paper parrot pasture peacock pebble pelican pencil pepper piano picnic
    pigeon pilgrim pine planet plum pocket polar poppy potato puffin pumpkin puzzle pyramid quarry
    quiver rabbit radish ragtime rainbow raven ribbon river robin rocket rooster rosemary saddle
    saffron salmon sandal sapphire sausage scarlet seagull shepherd shovel silver sketch skylark
    slipper snowdrop sparrow spinach squirrel stable stencil sunset swallow syrup tablet tadpole
    tartan teapot thimble thunder tiger timber toffee tomato topaz tractor trumpet tulip tundra
    turnip umbrella valley
    """.split()
)
"""Eight bits each."""

_GAPS: Final = re.compile(r"[\s\-‐‑–_.,]+")


def offered() -> str:
    """Eight words drawn by the system's source of chance, to be told by voice."""
    return " ".join(secrets.choice(WORDS) for _ in range(DRAWN))


def as_told(typed: str) -> str:
    """One form for what was heard: capitals, hyphens and spaces are not told by voice."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    return _GAPS.sub(" ", plain).strip()


def must_do(typed: str, what: str = "A passphrase for a hand-over") -> str:
    """The passphrase as it is used. Raises BadInput for one that is too short."""
    told = as_told(typed)
    if len(told) < FEWEST:
        msg = f"{what} has at least {FEWEST} characters."
        raise BadInput(msg, remedy="Take the words that are offered, or type a longer one.")
    return told
