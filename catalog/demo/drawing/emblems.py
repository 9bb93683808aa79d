"""Small emblems for labels and wrappers: leaves, blossoms, beans, fruit; about 100 pixels wide."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin

from catalog.demo.drawing.art import CREAM, Art
from catalog.demo.drawing.palette import Colour, Tones, tones
from catalog.demo.drawing.path import Path, Point, oval, path

Draw = Callable[[Art, float, float, float], None]


def emblem(art: Art, name: str, x: float, y: float, k: float = 1) -> None:
    """Draw the emblem ``name`` around (x, y), ``k`` times its usual size."""
    EMBLEMS[name](art, x, y, k)


def placed(shape: Path, x: float, y: float, k: float, turn: float = 0) -> Path:
    """Return a shape drawn around the origin at its place."""
    return shape.turned(turn, (0, 0)).scaled(k, about=(0, 0)).moved(x, y)


BLADE = path("M0 46 C-34 22 -34 -22 0 -54 C34 -22 34 22 0 46 Z")
VEIN = path("M0 44 L0 -40")
PETAL = path("M0 0 C-22 -14 -20 -46 0 -50 C20 -46 22 -14 0 0 Z")
BEAN = oval(0, 0, 26, 36)
CREASE = path("M4 -34 C-14 -12 16 12 -2 34")


def _leaf(art: Art, x: float, y: float, k: float) -> None:
    green = tones("green")
    for turn, dx, dy, hue in ((-42, -24, 8, green.shade), (42, 24, 8, green.base)):
        art.flat(placed(BLADE, x + dx * k, y + dy * k, 0.9 * k, turn), hue)
        art.line(placed(VEIN, x + dx * k, y + dy * k, 0.8 * k, turn), green.light, 3 * k)
    art.flat(placed(BLADE, x, y - 18 * k, 0.8 * k), green.light)
    art.line(placed(VEIN, x, y - 18 * k, 0.7 * k), green.deep, 2.6 * k)


def _blossom(art: Art, at: Point, k: float, *, petal: Colour, heart: Colour, n: int) -> None:
    x, y = at
    for step in range(n):
        art.flat(placed(PETAL.scaled(6 / n, 1, (0, 0)), x, y, k, step * 360 / n), petal)
    art.flat(oval(x, y, 12 * k), heart)


def _flower(art: Art, x: float, y: float, k: float) -> None:
    green, gold = tones("green"), tones("amber")
    for turn in (-130, 130):
        art.flat(placed(BLADE.moved(0, -46), x, y, 0.8 * k, turn), green.base)
    _blossom(art, (x, y), k * 1.2, petal=tones("yellow").shade, heart=gold.base, n=5)
    _blossom(art, (x, y), k * 1.06, petal=tones("yellow").light, heart=gold.base, n=5)
    for step in range(5):
        art.line(placed(path("M0 -16 L0 -34"), x, y, k, step * 72), gold.deep, 2.4 * k)


def _daisy(art: Art, x: float, y: float, k: float) -> None:
    art.flat(oval(x, y, 62 * k), tones("teal").base)
    _blossom(art, (x, y), k, petal=(255, 254, 250), heart=tones("yellow").base, n=11)
    art.flat(oval(x - 3 * k, y - 3 * k, 6 * k), tones("yellow").light)


def _bean(art: Art, x: float, y: float, k: float) -> None:
    brown = tones("coffee")
    for dx, dy, turn in ((-32, 12, -28), (32, 14, 34), (0, -32, 8)):
        art.flat(placed(BEAN, x + dx * k, y + dy * k, k, turn), brown.base)
        art.line(placed(CREASE, x + dx * k, y + dy * k, k, turn), brown.light, 5 * k)


def _orange(art: Art, x: float, y: float, k: float) -> None:
    hue = tones("orange")
    art.flat(oval(x, y, 50 * k), hue.base)
    art.flat(oval(x, y, 43 * k), tones("light-yellow").base)
    for step in range(8):
        a = radians(step * 45)
        art.flat(
            placed(path("M0 -6 L-13 -34 C-6 -40 6 -40 13 -34 Z"), x, y, k, step * 45), hue.light
        )
        art.flat(oval(x + 26 * k * cos(a), y + 26 * k * sin(a), 2 * k), hue.shade)


def _powder(art: Art, x: float, y: float, k: float) -> None:
    brown = tones("brown")
    art.flat(
        placed(path("M-62 34 C-40 20 -18 -32 0 -32 C18 -32 40 20 62 34 Z"), x, y, k), brown.base
    )
    art.flat(
        placed(path("M-62 34 C-40 20 -18 -32 0 -32 C-4 -4 -14 22 -8 34 Z"), x, y, k), brown.light
    )
    art.line(placed(path("M-70 36 L70 36"), x, y, k), brown.deep, 5 * k)


def _bag(art: Art, x: float, y: float, k: float) -> None:
    paper, tea = CREAM, tones("rust")
    art.line(placed(path("M0 -40 C-4 -70 44 -64 40 -34"), x, y, k), paper.light, 4 * k)
    art.flat(placed(path("M26 -36 L56 -36 L56 -4 L26 -4 Z"), x, y, k), tones("gold").base)
    art.flat(placed(path("M0 -42 L44 46 L-44 46 Z"), x - 8 * k, y, k), paper.base)
    art.flat(placed(path("M-20 -4 L20 -4 L40 40 L-40 40 Z"), x - 8 * k, y, k), tea.base)
    art.line(placed(path("M0 -40 L-6 44"), x - 8 * k, y, k), paper.shade, 3 * k)


def _coconut(art: Art, x: float, y: float, k: float) -> None:
    shell = tones("coffee")
    art.flat(oval(x, y, 52 * k), shell.base)
    art.flat(oval(x, y - 6 * k, 44 * k, 38 * k), (255, 254, 250))
    art.flat(oval(x, y - 4 * k, 31 * k, 25 * k), tones("light-gray").light)
    for turn in (-24, 0, 26):
        art.line(placed(path("M0 34 L0 50"), x, y, k, turn), shell.light, 3 * k)


def _strawberry(art: Art, x: float, y: float, k: float) -> None:
    red, green = tones("red"), tones("green")
    body = path("M0 58 C-30 44 -52 4 -44 -22 C-34 -42 34 -42 44 -22 C52 4 30 44 0 58 Z")
    art.flat(placed(body, x, y, k), red.base)
    for dx, dy in ((-24, -8), (0, -14), (24, -8), (-14, 12), (14, 12), (0, 34), (0, 6)):
        art.flat(oval(x + dx * k, y + dy * k, 3 * k, 4.6 * k), tones("yellow").light)
    for turn in (-64, -26, 26, 64):
        art.flat(placed(PETAL, x, y - 26 * k, 0.62 * k, turn), green.base)


def _chilli(art: Art, x: float, y: float, k: float) -> None:
    red, green = tones("red"), tones("dark-green")
    pod = path("M-40 -44 C-24 -62 6 -52 12 -28 C18 6 34 30 62 44 C22 52 -22 22 -32 -16 Z")
    art.flat(placed(pod, x - 4 * k, y + 4 * k, k), red.base)
    art.flat(
        placed(
            path("M-26 -40 C-10 -36 -2 8 30 32 C-4 22 -22 -10 -26 -40 Z"), x - 4 * k, y + 4 * k, k
        ),
        red.light,
        opacity=0.6,
    )
    art.line(
        placed(path("M-30 -48 C-34 -62 -44 -66 -52 -64"), x - 4 * k, y + 4 * k, k),
        green.base,
        9 * k,
    )


def _nut(art: Art, x: float, y: float, k: float) -> None:
    shell, skin = tones("camel"), tones("brown")
    art.flat(placed(oval(0, 0, 46, 40), x - 26 * k, y + 8 * k, k), shell.base)
    art.line(placed(path("M0 -38 C-8 -12 8 14 0 38"), x - 26 * k, y + 8 * k, k), shell.deep, 5 * k)
    for side in (-1, 1):
        curl = path("M8 -24 C30 -26 30 -4 14 0 C32 4 30 26 8 26").scaled(side, 1, (0, 0))
        art.line(placed(curl, x - 26 * k, y + 8 * k, k), shell.deep, 4 * k)
    almond = path("M0 44 C-30 26 -26 -22 0 -46 C26 -22 30 26 0 44 Z")
    art.flat(placed(almond, x + 38 * k, y - 2 * k, k, 22), skin.base)
    for dx in (-9, 0, 9):
        art.line(
            placed(path(f"M{dx} 26 L{dx * 0.6} -26"), x + 38 * k, y - 2 * k, k, 22),
            skin.light,
            2.6 * k,
        )


def _cracker(art: Art, x: float, y: float, k: float) -> None:
    crust: Tones = tones("camel")
    for dx, dy, turn in ((22, 14, 14), (-16, -10, -8)):
        square = path("M-42 -42 L42 -42 L42 42 L-42 42 Z")
        art.flat(placed(square, x + dx * k, y + dy * k, k, turn), crust.shade)
        art.flat(
            placed(square.scaled(0.92, about=(0, 0)), x + dx * k, y + dy * k, k, turn), crust.light
        )
        for i in range(9):
            dot = oval((i % 3 - 1) * 24, (i // 3 - 1) * 24, 4)
            art.flat(placed(dot, x + dx * k, y + dy * k, k, turn), crust.deep)


def _egg(art: Art, x: float, y: float, k: float) -> None:
    art.flat(
        placed(
            path(
                "M-54 0 C-56 -40 -10 -52 8 -42 C40 -48 66 -14 50 12 C48 44 6 52 -12 40 "
                "C-38 46 -56 24 -54 0 Z"
            ),
            x,
            y,
            k,
        ),
        (255, 254, 250),
    )
    art.flat(oval(x, y, 24 * k), tones("yellow").base)
    art.flat(oval(x - 7 * k, y - 8 * k, 8 * k, 6 * k), tones("yellow").light)


def _soybean(art: Art, x: float, y: float, k: float) -> None:
    gold = tones("mustard")
    for dx, dy, turn in ((-30, 14, -30), (32, 16, 40), (0, -28, 10)):
        art.flat(placed(oval(0, 0, 30, 25), x + dx * k, y + dy * k, k, turn), gold.base)
        art.flat(placed(oval(-6, -6, 12, 8), x + dx * k, y + dy * k, k, turn), gold.light)
        art.flat(placed(oval(18, 4, 5, 8), x + dx * k, y + dy * k, k, turn), gold.deep)


def _sesame(art: Art, x: float, y: float, k: float) -> None:
    seed = path("M0 15 C-11 8 -9 -8 0 -17 C9 -8 11 8 0 15 Z")
    for i in range(14):
        dx, dy = (i % 5 - 2) * 24 + (i // 5) * 9, (i // 5 - 1) * 34
        art.flat(placed(seed, x + dx * k, y + dy * k, k, i * 67), tones("camel").shade)
        art.flat(
            placed(seed.scaled(0.6, about=(0, 0)), x + dx * k, y + dy * k, k, i * 67),
            tones("beige").base,
        )


EMBLEMS: dict[str, Draw] = {
    "leaf": _leaf,
    "flower": _flower,
    "daisy": _daisy,
    "bean": _bean,
    "orange": _orange,
    "powder": _powder,
    "bag": _bag,
    "coconut": _coconut,
    "strawberry": _strawberry,
    "chilli": _chilli,
    "nut": _nut,
    "cracker": _cracker,
    "egg": _egg,
    "soybean": _soybean,
    "sesame": _sesame,
}
