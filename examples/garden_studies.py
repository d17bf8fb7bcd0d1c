"""Studies in the vocabulary `garden`: the prompts of `grpo_paint.py`, and programs that paint them.

A study has a subject, a count, a colour, a place and a scene. From these come a prompt, such as `two crimson tulips at
the left, in a meadow`, and a program that paints it.

The warm start trains on some of the studies. The reward `subject(file='garden')` was fitted on paintings of all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

# Each body paints one subject about x and y. ~80 is a length, which shrinks with the count and wavers; C is the colour.
BODIES = {
    "poppy": (
        """stem(x + ~10, y + ~150, x, y); for (const a of [-95, 95, 180, -35, 35]) petal(x, y, ~80, a, C);
        dabs(x, y, ~45, "black");""",
        """stem(x, y + ~150, x, y); for (const a of [-75, -25, 25, 75]) petal(x, y, ~95, a, C); berry(x, y,
        ~30, "black"); leaf(x, y + ~130, ~70, 50);""",
        """stem(x + ~30, y + ~150, x, y - ~20); for (const a of [130, 180, 230]) petal(x, y - ~20, ~90, a, C);
        dabs(x, y + ~40, ~40, "black");""",
    ),
    "daisy": (
        """stem(x, y + ~160, x, y); for (let a = 0; a < 360; a += 36) leaf(x, y, ~95, a, C); berry(x, y, ~42,
        "gold");""",
        """for (let a = 0; a < 360; a += 30) leaf(x, y, ~130, a, C); dabs(x, y, ~50, "gold");""",
        """stem(x + ~20, y + ~160, x, y); leaf(x + ~10, y + ~120, ~80, 60); for (let a = -100; a <= 100; a +=
        25) leaf(x, y, ~100, a, C); berry(x, y, ~40, "gold");""",
    ),
    "tulip": (
        """stem(x, y + ~150, x, y); leaf(x, y + ~150, ~140, 25); leaf(x, y + ~150, ~130, -25); for (const a of
        [-22, 22, 0]) petal(x, y, ~110, a, C);""",
        """stem(x - ~10, y + ~160, x, y); leaf(x - ~10, y + ~150, ~160, 18); petal(x - ~14, y, ~105, -8, C);
        petal(x + ~14, y, ~105, 8, C); petal(x, y, ~90, 0, C);""",
        """stem(x, y + ~150, x, y); leaf(x, y + ~150, ~150, -15); for (const a of [-45, 45, -15, 15]) petal(x,
        y, ~105, a, C);""",
    ),
    "lavender": (
        """stem(x, y + ~150, x, y - ~80); for (let i = 0; i < 7; i++) dabs(x, y - i * ~22, ~70 - i * 6, C);""",
        """for (const a of [-40, 0, 40]) { stem(x, y + ~160, x + a, y - ~70); for (let i = 0; i < 5; i++)
        dabs(x + a, y - i * ~24, ~50, C); }""",
        """stem(x, y + ~150, x + ~10, y - ~90); for (let i = 0; i < 8; i++) { petal(x, y - i * ~20, ~32, -50,
        C); petal(x, y - i * ~20, ~32, 50, C); }""",
    ),
    "fern": (
        """stem(x, y + ~140, x, y - ~130, C); for (let i = 0; i < 9; i++) { leaf(x, y + ~110 - i * ~26, ~100 -
        i * 8, 60, C); leaf(x, y + ~110 - i * ~26, ~100 - i * 8, -60, C); }""",
        """stem(x - ~60, y + ~140, x + ~50, y - ~120, C); for (let i = 0; i < 8; i++) { leaf(x - ~50 + i * ~12,
        y + ~110 - i * ~28, ~85 - i * 7, 80, C); leaf(x - ~50 + i * ~12, y + ~110 - i * ~28, ~85 - i * 7,
        -35, C); }""",
        """for (const s of [-1, 1]) { stem(x, y + ~140, x + s * ~70, y - ~100, C); for (let i = 1; i < 7; i++)
        { leaf(x + s * i * ~10, y + ~140 - i * ~34, ~60, s * 85, C); leaf(x + s * i * ~10, y + ~140 - i *
        ~34, ~60, s * -35, C); } }""",
    ),
    "bamboo": (
        """for (let i = 0; i < 4; i++) band(x, y + ~150 - i * ~78, x, y + ~78 - i * ~78, ~24, C); for (const a
        of [60, 100, 130]) leaf(x, y - ~60, ~90, a);""",
        """for (const d of [-30, 30]) for (let i = 0; i < 4; i++) band(x + d, y + ~150 - i * ~76, x + d, y +
        ~80 - i * ~76, ~20, C); for (const a of [-120, -80, 80, 120]) leaf(x, y - ~70, ~90, a);""",
        """for (let i = 0; i < 5; i++) band(x + i * ~5, y + ~150 - i * ~62, x + i * ~5, y + ~92 - i * ~62, ~22,
        C); for (const a of [-130, -100, 110]) leaf(x, y - ~10, ~100, a); leaf(x + ~15, y - ~90, ~90, 70);""",
    ),
    "mushroom": (
        """band(x, y + ~110, x, y, ~50, "wheat"); for (const a of [-80, -40, 0, 40, 80]) petal(x, y + ~10,
        ~110, a, C); dabs(x, y - ~45, ~80, "white");""",
        """band(x, y + ~120, x, y, ~40, "wheat"); petal(x - ~110, y, ~220, 90, C); petal(x + ~110, y, ~220,
        -90, C);""",
        """band(x, y + ~120, x, y, ~44, "linen"); for (const a of [-90, -60, -30, 0, 30, 60, 90]) petal(x, y +
        ~15, ~100, a, C); ripples(x, y + ~20, ~150, "tan");""",
    ),
    "cherries": (
        """stem(x + ~30, y - ~110, x - ~50, y + ~50); stem(x + ~30, y - ~110, x + ~55, y + ~60); berry(x - ~50,
        y + ~75, ~75, C); berry(x + ~55, y + ~85, ~75, C); leaf(x + ~30, y - ~110, ~100, 75);""",
        """stem(x, y - ~120, x - ~40, y + ~40); stem(x, y - ~120, x + ~45, y + ~30); berry(x - ~40, y + ~65,
        ~85, C); berry(x + ~45, y + ~55, ~85, C);""",
        """branch(x - ~120, y - ~110, x + ~120, y - ~120); for (const d of [-60, 0, 60]) { stem(x + d, y -
        ~110, x + d, y + ~20); berry(x + d, y + ~45, ~62, C); } leaf(x, y - ~110, ~80, 60);""",
    ),
    "pine tree": (
        """band(x, y + ~150, x, y + ~90, ~22, "sienna"); for (let i = 0; i < 5; i++) for (const a of [-115,
        115, -150, 150]) petal(x, y - ~130 + i * ~45, ~45 + i * 14, a, C);""",
        """stem(x, y + ~150, x, y - ~140, "sienna"); for (let i = 0; i < 7; i++) { leaf(x, y - ~130 + i * ~36,
        ~35 + i * 15, 110, C); leaf(x, y - ~130 + i * ~36, ~35 + i * 15, -110, C); }""",
        """band(x, y + ~150, x, y + ~80, ~20, "sienna"); for (let i = 0; i < 4; i++) peak(x, y + ~90 - i * ~55,
        ~95 - i * 12, C);""",
    ),
    "cactus": (
        """band(x, y + ~140, x, y - ~120, ~60, C); band(x - ~80, y + ~20, x - ~80, y - ~50, ~34, C); band(x -
        ~85, y + ~30, x, y + ~30, ~30, C); band(x + ~80, y - ~10, x + ~80, y - ~80, ~34, C); band(x, y, x +
        ~85, y, ~30, C);""",
        """band(x - ~50, y + ~120, x + ~50, y + ~120, ~60, "sienna"); for (const a of [-25, 0, 25]) petal(x, y
        + ~95, ~190, a, C); splatter(x, y + ~10, ~130, "black"); dabs(x, y - ~90, ~40, "deeppink");""",
        """petal(x, y + ~140, ~150, 0, C); petal(x - ~30, y + ~20, ~110, -40, C); petal(x + ~30, y + ~20, ~110,
        40, C); petal(x, y, ~100, 0, C); splatter(x, y, ~160, "black");""",
    ),
    "butterfly": (
        """for (const a of [-55, 55]) petal(x, y, ~130, a, C); for (const a of [-120, 120]) petal(x, y, ~95, a,
        C); band(x, y - ~50, x, y + ~60, ~14, "black"); stem(x, y - ~50, x - ~30, y - ~95, "black"); stem(x,
        y - ~50, x + ~30, y - ~95, "black");""",
        """for (const a of [40, 75]) petal(x, y, ~140, a, C); petal(x, y, ~90, 115, C); band(x - ~15, y + ~50,
        x, y - ~45, ~14, "black"); stem(x, y - ~45, x + ~20, y - ~100, "black");""",
        """for (const a of [-70, 70, -40, 40]) petal(x, y, ~120, a, C); for (const a of [-130, 130]) petal(x,
        y, ~85, a, C); band(x, y - ~45, x, y + ~70, ~16, "saddlebrown"); dabs(x - ~75, y - ~50, ~30,
        "black"); dabs(x + ~75, y - ~50, ~30, "black");""",
    ),
    "fish": (
        """petal(x + ~70, y, ~70, 50, C); petal(x + ~70, y, ~70, 130, C); petal(x + ~90, y, ~200, -90, C);
        petal(x, y - ~20, ~60, 20, C); berry(x - ~80, y - ~8, ~16, "black");""",
        """petal(x - ~70, y, ~65, -50, C); petal(x - ~70, y, ~65, -130, C); leaf(x - ~90, y, ~220, 90, C);
        leaf(x - ~80, y + ~6, ~200, 90, C); berry(x + ~90, y - ~6, ~15, "black"); ripples(x, y + ~90, ~180);""",
        """petal(x + ~60, y, ~90, 65, C); petal(x + ~60, y, ~90, 115, C); for (const d of [-14, 14]) petal(x +
        ~80, y + d, ~180, -90, C); petal(x, y + ~25, ~50, 160, C); berry(x - ~75, y - ~10, ~18, "black");""",
    ),
    "bird": (
        """branch(x - ~130, y + ~80, x + ~130, y + ~70); petal(x - ~60, y + ~70, ~150, 40, C); leaf(x - ~30, y
        + ~40, ~110, 220, C); berry(x + ~40, y - ~50, ~70, C); leaf(x + ~70, y - ~50, ~35, 95, "orange");
        berry(x + ~50, y - ~58, ~12, "black");""",
        """leaf(x, y, ~150, -65, C); leaf(x, y, ~150, 65, C); petal(x - ~20, y + ~10, ~110, 90, C); leaf(x, y +
        ~10, ~80, 250, C); leaf(x + ~80, y + ~8, ~30, 90, "orange"); berry(x + ~70, y, ~10, "black");""",
        """petal(x - ~70, y + ~50, ~160, 55, C); leaf(x - ~50, y + ~30, ~120, 240, C); leaf(x, y + ~20, ~100,
        235, "gray"); berry(x + ~50, y - ~40, ~65, C); leaf(x + ~78, y - ~40, ~32, 95, "orange"); berry(x +
        ~58, y - ~48, ~11, "black"); for (const d of [-10, 15]) stem(x + d, y + ~40, x + d, y + ~100,
        "brown");""",
    ),
    "sailing boat": (
        """band(x - ~90, y + ~60, x + ~90, y + ~60, ~36, "saddlebrown"); stem(x, y + ~50, x, y - ~130,
        "saddlebrown"); leaf(x + ~8, y + ~40, ~160, 22, C); petal(x - ~8, y + ~40, ~130, -20, C); ripples(x,
        y + ~100, ~240);""",
        """ripples(x, y + ~95, ~260); band(x - ~80, y + ~60, x + ~80, y + ~60, ~34, "sienna"); stem(x - ~5, y +
        ~50, x - ~5, y - ~130, "sienna"); for (const a of [10, 25, 40]) petal(x, y + ~40, ~150, a, C);""",
        """ripples(x, y + ~100, ~240); leaf(x + ~90, y + ~70, ~180, -90, "saddlebrown"); band(x, y + ~60, x, y
        - ~120, ~8, "saddlebrown"); peak(x + ~40, y + ~40, ~140, C); peak(x - ~40, y + ~40, ~90, C);""",
    ),
    "lighthouse": (
        """for (let i = 0; i < 5; i++) band(x, y + ~130 - i * ~48, x, y + ~82 - i * ~48, ~60 - i * 5, i % 2 ?
        "snow" : C); berry(x, y - ~125, ~40, "gold"); peak(x, y - ~135, ~30, C);""",
        """band(x, y + ~130, x, y - ~100, ~56, "snow"); for (const d of [100, 30, -40]) band(x - ~28, y + d, x
        + ~28, y + d, ~28, C); band(x, y - ~105, x, y - ~135, ~30, "gold"); petal(x, y - ~130, ~40, 0, C);
        ripples(x, y + ~140, ~220);""",
        """peak(x, y + ~150, ~70, "gray"); band(x, y + ~100, x, y - ~100, ~50, C); band(x - ~25, y, x + ~25, y,
        ~26, "snow"); band(x, y - ~100, x, y - ~130, ~34, "gold"); leaf(x + ~20, y - ~115, ~120, 80,
        "khaki"); leaf(x - ~20, y - ~115, ~120, -80, "khaki");""",
    ),
    "house": (
        """band(x, y + ~100, x, y - ~20, ~150, "linen"); peak(x, y - ~20, ~90, C); band(x, y + ~100, x, y +
        ~40, ~30, "saddlebrown"); band(x + ~45, y + ~30, x + ~45, y, ~28, "steelblue");""",
        """band(x, y + ~100, x, y, ~170, "wheat"); for (const s of [-1, 1]) band(x, y - ~70, x + s * ~100, y +
        ~10, ~30, C); peak(x, y, ~70, C); band(x - ~40, y + ~100, x - ~40, y + ~45, ~32, C); band(x + ~40, y
        + ~60, x + ~40, y + ~30, ~30, "steelblue");""",
        """band(x - ~85, y + ~50, x + ~85, y + ~50, ~100, C); band(x - ~100, y - ~20, x + ~100, y - ~20, ~50,
        "brown"); band(x + ~60, y - ~40, x + ~60, y - ~90, ~24, "brown"); for (const d of [-50, 0, 50])
        band(x + d, y + ~60, x + d, y + ~35, ~22, "gold");""",
    ),
    "dragonfly": (
        """for (const a of [-70, 70, -105, 105]) leaf(x, y - ~40, ~140, a, C); band(x, y - ~50, x, y + ~130,
        ~12, "teal"); berry(x, y - ~60, ~32, "teal");""",
        """for (const a of [-40, -10, 140, 170]) leaf(x, y, ~130, a, C); band(x + ~50, y + ~30, x - ~120, y -
        ~60, ~12, "navy"); berry(x + ~60, y + ~35, ~30, "navy");""",
        """for (const a of [-80, 80]) petal(x, y - ~40, ~130, a, C); for (const a of [-110, 110]) leaf(x, y -
        ~30, ~120, a, C); for (let i = 0; i < 7; i++) berry(x, y - ~50 + i * ~28, ~26 - i * 2, "black");""",
    ),
    "sunflower": (
        """stem(x, y + ~160, x, y); leaf(x, y + ~130, ~80, 60); for (let a = 0; a < 360; a += 20) leaf(x, y,
        ~120, a, C); dabs(x, y, ~95, "saddlebrown");""",
        """for (let a = 0; a < 360; a += 24) petal(x, y, ~110, a, C); berry(x, y, ~110, "saddlebrown"); dabs(x,
        y, ~80, "black");""",
        """band(x, y + ~160, x, y, ~14, "olive"); leaf(x, y + ~120, ~90, -60); for (let a = 10; a < 370; a +=
        30) petal(x, y, ~105, a, C); berry(x, y, ~100, "saddlebrown");""",
    ),
    "jellyfish": (
        """for (const a of [-70, -35, 0, 35, 70]) petal(x, y, ~110, a, C); for (const d of [-60, -30, 0, 30,
        60]) stem(x + d, y, x + d * 0.7, y + ~150, C);""",
        """for (const s of [-1, 1]) petal(x + s * ~95, y - ~30, ~190, s * -90, C); for (const d of [-55, -20,
        20, 55]) stem(x + d, y, x + d * 1.3, y + ~150, C);""",
        """berry(x, y - ~40, ~140, C); for (const d of [-45, -15, 15, 45]) { leaf(x + d, y, ~150, 180, C);
        stem(x + d, y, x + d, y + ~130, C); }""",
    ),
    "windmill": (
        """band(x, y + ~150, x, y - ~20, ~70, "linen"); peak(x, y - ~10, ~60, "brown"); for (const a of [45,
        135, 225, 315]) leaf(x, y - ~30, ~130, a, C);""",
        """for (const d of [0, 12]) band(x, y + ~150, x, y - d, ~60 - d, "wheat"); berry(x, y - ~30, ~60,
        "brown"); for (const a of [20, 110, 200, 290]) { stem(x, y - ~30, x, y - ~30); petal(x, y - ~30,
        ~130, a, C); }""",
        """band(x, y + ~150, x, y, ~56, "tan"); for (const d of [-1, 1]) band(x - ~90, y - d * ~90, x + ~90, y
        + d * ~90, ~24, C); berry(x, y, ~26, "brown");""",
    ),
}
TAUGHT = (
    "daisy",
    "tulip",
    "lavender",
    "fern",
    "bamboo",
    "mushroom",
    "cherries",
    "pine tree",
    "fish",
    "house",
)
NEW = tuple(subject for subject in BODIES if subject not in TAUGHT)  # no training ever shows them
# Which body is taught, where it is not the first.
SHOWN = {"lavender": 1, "bamboo": 1, "pine tree": 2, "house": 2}
NOUNS = {  # singular and plural, where an s does not do
    "poppy": ("poppy", "poppies"),
    "daisy": ("daisy", "daisies"),
    "lavender": ("sprig of lavender", "sprigs of lavender"),
    "fern": ("fern", "ferns"),
    "bamboo": ("bamboo cane", "bamboo canes"),
    "cherries": ("bunch of cherries", "bunches of cherries"),
    "cactus": ("cactus", "cacti"),
    "butterfly": ("butterfly", "butterflies"),
    "fish": ("fish", "fish"),
    "dragonfly": ("dragonfly", "dragonflies"),
    "jellyfish": ("jellyfish", "jellyfish"),
}
COLOURS = ("crimson", "orange", "gold", "teal", "navy", "purple", "orchid", "sienna")
PLACES = {"at the left": -1, "in the middle": 0, "at the right": 1}
SCENES = {  # what is painted before the subject
    "": "",
    "in a meadow": 'ridge(100, 30, "yellowgreen");',
    "under a cloud": "cloud(0, -190, 240);",
    "at dusk": 'wash(-256, 60, "thistle");',
    "over water": "ripples(0, 200, 380);",
    "on pale blue paper": "",
}
PAPERS = {"on pale blue paper": "aliceblue"}
COUNTS = ("one", "two", "three")
SCALES = (1.25, 0.85, 0.62)  # of one, two and three
SHRINK = ("", "0.7", "0.5")  # the same, where one body does for all
SPREAD = ((0,), (-95, 95), (-150, 0, 150))  # x of each, about the place
REACH = (80, 40, 10)  # pixels from the middle to a place


def nouns(subject: str) -> tuple[str, str]:
    """Returns one and several of a subject: `tulip`, `tulips`."""
    return NOUNS.get(subject, (subject, f"{subject}s"))


def subject_of(prompt: str) -> str:
    """Returns the subject that the prompt of a study names."""
    words = f" {prompt} ".replace(",", " ")
    return next(each for each in BODIES if any(f" {noun} " in words for noun in nouns(each)))


@dataclass(frozen=True, slots=True)
class Study:
    """One picture to paint.

    Attributes:
        subject: A key of `BODIES`.
        count: 1 to 3.
        colour: Of `COLOURS`.
        place: Of `PLACES`.
        scene: Of `SCENES`.
    """

    subject: str
    count: int
    colour: str
    place: str
    scene: str

    @property
    def prompt(self) -> str:
        """What is asked: `two crimson tulips at the left, in a meadow`."""
        return self._asked(*nouns(self.subject))

    @property
    def vague_prompt(self) -> str:
        """The same without the subject: `two crimson things at the left, in a meadow`."""
        return self._asked("thing", "things")

    def _asked(self, singular: str, plural: str) -> str:
        one = f"{'an' if self.colour[0] in 'aeiou' else 'a'} {self.colour} {singular}"
        many = f"{COUNTS[self.count - 1]} {self.colour} {plural}"
        scene = f", {self.scene}" if self.scene else ""
        return f"{one if self.count == 1 else many} {self.place}{scene}"

    def program(self, seed: int, bodies: Sequence[str] = (), *, waver: float = 0.1) -> str:
        """Returns a program that paints it.

        Args:
            seed: Of the sheet's grain, and of all that is drawn by lot.
            bodies: To choose from; none takes all of the subject's.
            waver: Share by which each length may differ. 0 gives round numbers, no lot, a title, and one
                body for every count, which is learned soonest.
        """
        chance = random.Random(f"{seed} {self.prompt}")
        body = " ".join(chance.choice(bodies or BODIES[self.subject]).split())
        own, middle = SCALES[self.count - 1], REACH[self.count - 1] * PLACES[self.place]
        height, shrink = chance.randint(-20, 20) if waver else 0, "" if waver else SHRINK[self.count - 1]
        drawn = 1.0 if not shrink else float(shrink)
        lengths = own / drawn

        def length(found: re.Match[str]) -> str:
            exact = int(found[1]) * lengths * chance.uniform(1 - waver, 1 + waver)
            return f"{round(exact) if waver else max(5, 5 * round(exact / 5))}"

        body = re.sub(r"~(\d+)", length, body)
        body = re.sub(
            r"\by(?: ([+-]) (\d+))?", lambda at: str(height + int((at[1] or "+") + (at[2] or "0"))), body
        )
        spots = [
            round((middle + x + (chance.randint(-12, 12) if waver else 0)) / drawn)
            for x in SPREAD[self.count - 1]
        ]
        body = re.sub(r"\bC\b", "c", body).replace(", ", ",").replace("; ", ";\n")
        body = re.sub(r" ([-+*<=]+) ", r"\1", body).replace("for (", "for(").replace(") ", ")")
        scene = f"\n{SCENES[self.scene]}" if SCENES[self.scene] else ""
        smaller = f"scale({shrink});\n" if shrink else ""
        title = "" if waver else f"// {self.subject}\n"
        paper = PAPERS.get(self.scene, "ivory")
        return (
            f'function setup() {{\nsheet("{paper}",{seed});{scene}\nconst c="{self.colour}";\n{smaller}'
            f"for(const x of {str(spots).replace(' ', '')}) {{\n{title}{body}\n}}\n}}"
        )


def studies(subjects: Sequence[str], seed: int) -> list[Study]:
    """Returns every study of some subjects, shuffled."""
    every = [
        Study(subject, count, colour, place, scene)
        for subject in subjects
        for count in (1, 2, 3)
        for colour in COLOURS
        for place in PLACES
        for scene in SCENES
    ]
    random.Random(seed).shuffle(every)
    return every
