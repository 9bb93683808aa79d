"""Silhouettes of earrings and necklaces, laid on stone and hung on a bust."""

from __future__ import annotations

from math import cos, pi, sin

from catalog.demo.drawing.art import METAL, Art, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, Tones, mix, tones
from catalog.demo.drawing.path import Path, Point, box, oval, path, smooth

GOLD = tones("gold")
PEARL = Tones((255, 252, 248), (246, 238, 232), (226, 212, 208), (190, 172, 176), (140, 124, 134))
JADE = Tones((206, 230, 214), (164, 206, 182), (124, 174, 148), (84, 134, 112), (52, 92, 78))
STONE = Tones((246, 242, 248), (230, 224, 236), (208, 200, 218), (172, 162, 188), (120, 110, 140))


@silhouette("earrings")
def earrings(art: Art, *, kind: str) -> None:
    """Draw a pair of earrings before an upright stone: huggies, hoops, pearls, fish or leaves."""
    art.ground(400, 690, 430)
    slab = path("M210 690 L210 330 C210 180 590 180 590 330 L590 690 Z")
    art.solid(slab, STONE, depth=30)
    for x in (306, 494):
        PAIRS[kind](art, x, 350)


def _loop(art: Art, at: Point, size: Point, width: float, hue: Tones) -> None:
    ring = oval(*at, *size)
    art.canvas.stroke(ring.moved(9, 14), NIGHT, width, opacity=0.16, closed=True)
    art.canvas.stroke(ring, hue.deep, width, closed=True)
    art.canvas.stroke(ring.moved(-1.5, -2), hue.base, width * 0.66, closed=True)
    gleam = Path((ring.rings[0][34:46],))
    art.line(gleam.moved(-1.5, -2), WHITE, width * 0.3, opacity=0.85)


def _huggie(art: Art, x: float, y: float) -> None:
    _loop(art, (x, y + 70), (58, 62), 30, METAL)
    art.solid(box(x - 16, y - 8, 32, 34, 10), METAL, depth=8)
    art.flat(oval(x, y + 8, 6), METAL.ink)


def _hoop(art: Art, x: float, y: float) -> None:
    _loop(art, (x, y + 110), (76, 104), 15, GOLD)
    art.solid(box(x - 9, y - 8, 18, 28, 8), GOLD, depth=5)


def _hook(art: Art, x: float, y: float, hue: Tones) -> None:
    art.line(
        smooth(
            f"{x},{y + 64} {x - 2},{y + 10} {x + 18},{y - 26} {x + 40},{y + 2} {x + 34},{y + 50}",
            closed=False,
        ),
        hue.deep,
        8,
    )
    art.line(
        smooth(f"{x},{y + 64} {x - 2},{y + 10} {x + 18},{y - 26} {x + 40},{y + 2}", closed=False),
        hue.light,
        3,
    )
    art.flat(oval(x, y + 74, 9), hue.base)


def _pearl(art: Art, x: float, y: float) -> None:
    _hook(art, x, y, GOLD)
    drop = smooth(
        f"{x},{y + 84} {x + 46},{y + 130} {x + 52},{y + 178} {x},{y + 216} {x - 50},{y + 182} "
        f"{x - 44},{y + 130}"
    )
    art.drop(drop, far=14)
    pearl(art, drop)
    art.solid(
        path(f"M{x - 16} {y + 96} L{x + 16} {y + 96} L{x + 9} {y + 80} L{x - 9} {y + 80} Z"),
        GOLD,
        depth=4,
    )


def pearl(art: Art, shape: Path) -> None:
    """Fill a shape with mother-of-pearl: a rosy and a green sheen under a sharp light."""
    left, top, right, bottom = shape.bounds()
    width, height = right - left, bottom - top
    art.solid(shape, PEARL, depth=width * 0.22)
    with art.within(shape):
        for dx, dy, hue in ((0.66, 0.62, "pink"), (0.3, 0.74, "mint"), (0.74, 0.3, "lavender")):
            spot = oval(left + width * dx, top + height * dy, width * 0.24)
            art.flat(spot, tones(hue).light, opacity=0.5, blur=width * 0.1)
        art.shine(
            oval(left + width * 0.34, top + height * 0.3, width * 0.13), opacity=0.95, blur=2.5
        )


def _fish(art: Art, x: float, y: float) -> None:
    hue = tones("red" if x < 400 else "teal")
    about = (x, y + 120)
    tail = path(
        f"M{x} {y + 176} C{x - 20} {y + 216} {x - 56} {y + 236} {x - 60} {y + 252} C{x - 24} "
        f"{y + 246} "
        f"{x - 8} {y + 236} {x} {y + 226} C{x + 8} {y + 236} {x + 24} {y + 246} {x + 60} "
        f"{y + 252} C{x + 56} "
        f"{y + 236} {x + 20} {y + 216} {x} {y + 176} Z"
    )
    body = path(
        f"M{x} {y + 20} C{x + 66} {y + 70} {x + 62} {y + 150} {x} {y + 196} C{x - 62} {y + 150} "
        f"{x - 66} {y + 70} {x} {y + 20} Z"
    )
    for shape in (tail, body):
        art.drop(shape, far=12)
        art.solid(shape, hue, depth=12)
        art.canvas.stroke(shape, GOLD.base, 6, closed=True)
    with art.within(body):
        for row in range(5):
            for place in range(-2, 3):
                scale = oval(x + place * 28 + (row % 2) * 14, y + 96 + row * 24, 17, 16)
                art.canvas.stroke(scale, GOLD.light, 3, closed=True)
    art.flat(oval(x - 16, y + 66, 9) + oval(x + 16, y + 66, 9), WHITE)
    art.flat(oval(x - 16, y + 67, 4.5) + oval(x + 16, y + 67, 4.5), NIGHT)
    art.line(
        path(f"M{x - 40} {y + 86} C{x - 16} {y + 104} {x + 16} {y + 104} {x + 40} {y + 86}").turned(
            0, about
        ),
        GOLD.base,
        4,
    )


def _leaf(art: Art, x: float, y: float) -> None:
    art.solid(oval(x, y, 24), GOLD, depth=8)
    art.line(path(f"M{x} {y + 20} L{x} {y + 46}"), GOLD.shade, 6)
    blade = path(
        f"M{x} {y + 40} C{x + 92} {y + 110} {x + 70} {y + 220} {x} {y + 270} C{x - 70} {y + 220} "
        f"{x - 92} {y + 110} {x} {y + 40} Z"
    )
    art.drop(blade, far=14)
    art.canvas.fill(blade, art.own.base, opacity=0.82)
    art.canvas.light(blade, art.own.light, art.own.deep, depth=16)
    art.line(path(f"M{x} {y + 50} L{x} {y + 256}"), WHITE, 4, opacity=0.8)
    for step in range(5):
        low = y + 110 + step * 30
        art.line(
            path(f"M{x} {low} L{x - 46} {low - 30} M{x} {low} L{x + 46} {low - 30}"),
            WHITE,
            2.6,
            opacity=0.6,
        )


PAIRS = {"huggie": _huggie, "hoop": _hoop, "pearl": _pearl, "fish": _fish, "leaf": _leaf}


@silhouette("necklace")
def necklace(art: Art, *, pendant: str) -> None:
    """Draw a necklace on a linen bust: a disc, pearls, a jade ring, two chains or wooden beads."""
    art.ground(400, 706, 560)
    bust = path(
        "M330 110 C336 96 464 96 470 110 C466 230 474 282 548 318 C640 352 676 430 684 700 "
        "L116 700 C124 430 160 352 252 318 C326 282 334 230 330 110 Z"
    )
    art.solid(bust, STONE, depth=44)
    art.flat(oval(400, 108, 70, 12), STONE.shade)
    art.fold(oval(400, 330, 90, 30), blur=26, opacity=0.12)
    HANGING[pendant](art)


def _curve(low: float, count: int, top: float = 232, half: float = 78) -> list[tuple[float, float]]:
    """Return points along a chain that hangs from the neck down to ``low``."""
    return [
        (
            400 - half * 1.32 * cos(pi * i / (count - 1)) * (0.7 + 0.3 * sin(pi * i / (count - 1))),
            top + (low - top) * sin(pi * i / (count - 1)) ** 0.82,
        )
        for i in range(count)
    ]


def _chain(art: Art, low: float, hue: Tones, width: float = 7) -> None:
    line = Path((tuple(_curve(low, 60)),))
    art.line(line.moved(4, 8), NIGHT, width, opacity=0.18)
    art.line(line, hue.deep, width)
    art.stitch(line, hue.light, width=width * 0.55)


def _disc(art: Art) -> None:
    _chain(art, 430, METAL)
    art.canvas.stroke(oval(400, 440, 13), METAL.deep, 6, closed=True)
    disc = oval(400, 504, 56)
    art.drop(disc, far=12)
    art.solid(disc, METAL, depth=16)
    for i in range(-5, 6):
        art.line(
            path(f"M{400 - 48 + abs(i) * 3} {504 + i * 8} L{400 + 48 - abs(i) * 3} {504 + i * 8}"),
            METAL.shade,
            2,
            opacity=0.4,
        )
    art.line(
        smooth("384,500 392,486 400,498 408,486 416,500 400,522 384,500", closed=False),
        METAL.ink,
        4,
    )


def _pearls(art: Art) -> None:
    for i, (x, y) in enumerate(_curve(424, 21, half=84)):
        wide, tall = 18 + (i * 7) % 6, 17 + (i * 5) % 7
        bead = oval(x, y, wide, tall).turned(i * 40, (x, y))
        art.flat(bead.moved(4, 9), NIGHT, opacity=0.2, blur=5)
        pearl(art, bead)


def _jade(art: Art) -> None:
    cord = tones("black")
    line = Path((tuple(_curve(440, 60)),))
    art.line(line.moved(4, 8), NIGHT, 9, opacity=0.18)
    art.line(line, cord.base, 9)
    art.stitch(line, cord.light, width=4)
    ring = oval(400, 520, 74)
    art.drop(ring, far=14)
    art.solid(ring, JADE, depth=22)
    with art.within(ring):
        art.flat(
            smooth("340,540 400,500 460,540 420,570 360,570"), JADE.light, opacity=0.7, blur=10
        )
        art.flat(oval(430, 480, 5), JADE.deep, opacity=0.6)
    art.flat(oval(402, 523, 24), JADE.deep)
    art.flat(oval(400, 524, 21), mix(STONE.base, STONE.shade, 0.5))
    art.line(path("M400 440 L392 500 M400 440 L408 500"), cord.base, 8)
    art.solid(oval(400, 440, 15), tones("red"), depth=6)
    art.shine(smooth("352,486 380,462 400,460 372,484 358,504"), opacity=0.6, blur=4)


def _layers(art: Art) -> None:
    _chain(art, 380, GOLD, 10)
    _chain(art, 480, GOLD, 6)
    bar = box(352, 470, 96, 22, 10)
    art.drop(bar, far=10)
    art.solid(bar, GOLD, depth=8)


def _beads(art: Art) -> None:
    hues = ("coral", "mint", "yellow", "light-blue", "natural", "lavender")
    for i, (x, y) in enumerate(_curve(450, 19, half=86)):
        art.flat(oval(x + 4, y + 9, 22), NIGHT, opacity=0.2, blur=5)
        art.solid(oval(x, y, 22), tones(hues[i % 6]), depth=8)
    star = Path(
        (
            tuple(
                (
                    400 + (66 if i % 2 else 30) * sin(pi * i / 5),
                    500 - (66 if i % 2 else 30) * cos(pi * i / 5) * -1,
                )
                for i in range(10)
            ),
        )
    )
    art.drop(star, far=12)
    art.solid(star, shifted(tones("yellow"), WHITE, 0.05), depth=12)
    art.flat(oval(386, 496, 5) + oval(414, 496, 5), NIGHT)
    art.line(smooth("386,512 400,522 414,512", closed=False), NIGHT, 4)


HANGING = {"disc": _disc, "pearls": _pearls, "jade": _jade, "layers": _layers, "beads": _beads}
