"""Which paintings that ship show what: statements that hold of one and of its partner do not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class KnownPainting:
    """What is to be seen in a painting, whatever its program was asked for.

    Attributes:
        id: Its name among `rewards.pictures.shipped`.
        title: What it shows, as one would ask for it.
        subject: The same in one or two words, without an article.
        aliases: Other words that are right too.
        statements: Hold of it, by eye; none of them holds of its partner.
        partner: Name of a painting of something else.
    """

    id: str
    title: str
    subject: str
    aliases: tuple[str, ...]
    statements: tuple[str, ...]
    partner: str


@cache
def known_paintings() -> dict[str, KnownPainting]:
    """Returns the 16 paintings whose subject is beyond doubt, partners next to each other."""
    found = {}
    for one, other in _COUPLES:
        for own, partner in ((one, other), (other, one)):
            found[own[0]] = KnownPainting(*own, partner=partner[0])
    return found


_Told = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]

_COUPLES: tuple[tuple[_Told, _Told], ...] = (
    (
        (
            "apple-and-pear",
            "an apple and a pear on a cloth",
            "apple",
            ("apples", "pear"),
            ("a red apple", "a green pear", "a blue cloth under the fruit", "exactly two fruits"),
        ),
        (
            "blue-iris",
            "a blue iris with its leaves",
            "iris",
            ("irises",),
            (
                "a blue or violet iris",
                "long leaves like blades that rise from the foot of the picture",
                "petals that hang down",
                "a closed bud on a stem of its own",
            ),
        ),
    ),
    (
        (
            "boat-for-lilies",
            "a sailing boat on calm water",
            "sailing boat",
            ("boat", "sailboat", "ship", "yacht"),
            ("a boat with sails", "open water", "a yellow sun", "a mast"),
        ),
        (
            "anemone-bouquet",
            "a bouquet of anemones",
            "anemone",
            ("anemones", "bouquet"),
            (
                "a bunch of several flowers tied together",
                "flowers with dark centres",
                "both red and violet flowers",
                "thin stems that cross low in the picture",
            ),
        ),
    ),
    (
        (
            "misty-lake",
            "a mountain lake in mist",
            "lake",
            ("mountain lake", "mountain", "mountains"),
            ("a lake", "mountains", "small fir trees along a shore", "a landscape"),
        ),
        (
            "tulip-trio",
            "three tulips of different colours",
            "tulip",
            ("tulips",),
            ("tulips", "exactly three flowers", "an orange flower", "broad upright leaves"),
        ),
    ),
    (
        (
            "lemon-branch",
            "a branch with two lemons",
            "lemon",
            ("lemons", "lemon branch"),
            (
                "two yellow lemons",
                "a branch with dark green leaves",
                "small pale blossoms on the branch",
                "fruit that hangs from a branch",
            ),
        ),
        (
            "dandelion-dusk",
            "dandelion clocks at dusk",
            "dandelion",
            ("dandelions",),
            (
                "dandelion clocks",
                "seeds that drift through the air",
                "a sky at dusk",
                "grass along the foot of the picture",
            ),
        ),
    ),
    (
        (
            "daisies-dark",
            "white daisies on a dark green ground",
            "daisy",
            ("daisies", "ox-eye daisies"),
            (
                "daisies",
                "white petals round a yellow centre",
                "a green background over the whole sheet",
                "at least five heads of daisies",
            ),
        ),
        (
            "plum-moon",
            "plum blossom before the moon",
            "plum blossom",
            ("blossom", "cherry blossom", "blossoming branch"),
            ("a blossoming branch", "a moon", "red or pink blossoms", "petals that fall through the air"),
        ),
    ),
    (
        (
            "foxglove-spires",
            "two pink foxgloves",
            "foxglove",
            ("foxgloves",),
            (
                "foxgloves",
                "two tall spikes of flowers",
                "many small pink bells along upright stems",
                "leaves along the ground",
            ),
        ),
        (
            "camellia",
            "a red camellia with dark leaves",
            "camellia",
            ("camellias", "rosette"),
            (
                "one large red flower",
                "a small closed bud",
                "large dark green leaves with pale veins",
                "petals laid in rings like a rosette",
            ),
        ),
    ),
    (
        (
            "wisteria",
            "wisteria hanging from a vine",
            "wisteria",
            ("wisterias",),
            (
                "wisteria",
                "clusters of violet flowers that hang down",
                "a bare branch or vine along the top",
                "at least three hanging clusters",
            ),
        ),
        (
            "rose-rings",
            "a single red rose",
            "rose",
            ("roses", "red rose"),
            ("a red rose", "exactly two leaves", "an upright green stem", "one flower and no other"),
        ),
    ),
    (
        (
            "poppy-field",
            "a field of red poppies",
            "poppy",
            ("poppies", "poppy field"),
            (
                "red poppies",
                "a field or meadow",
                "hills in the distance",
                "flowers that get smaller with the distance",
            ),
        ),
        (
            "orchid-stem",
            "white orchids on an arching stem",
            "orchid",
            ("orchids",),
            (
                "orchids",
                "an arching stem",
                "white flowers with pink or magenta centres",
                "flowers that get smaller towards the tip of one stem",
            ),
        ),
    ),
)
