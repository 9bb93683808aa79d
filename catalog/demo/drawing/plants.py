"""Silhouettes of pot plants."""

from __future__ import annotations

from math import cos, radians, sin

from catalog.demo.drawing.art import CREAM, METAL, WOOD, Art, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, Tones, mix, tones
from catalog.demo.drawing.path import Path, Point, box, oval, path, smooth

CLAY = Tones((214, 136, 100), (196, 112, 78), (170, 92, 64), (126, 66, 48), (84, 44, 34))
SOIL = (74, 54, 44)
LEAF = tones("green")
DARK = tones("dark-green")


def _pot(art: Art, hue: Tones, *, top: float = 470, square: bool = False) -> None:
    """Draw a pot with a rim, its soil and a saucer."""
    art.ground(400, 682, 310)
    if square:
        art.solid(path(f"M270 {top} L530 {top} L506 660 L294 660 Z"), hue, depth=22)
        art.solid(box(256, top - 22, 288, 44, 8), hue, depth=10)
        art.flat(box(284, 656, 60, 24, 4) + box(456, 656, 60, 24, 4), hue.deep)
        return
    art.solid(path("M266 660 L534 660 L512 688 L288 688 Z"), shifted(hue, NIGHT, 0.12), depth=8)
    art.round(path(f"M262 {top} L538 {top} L506 664 L294 664 Z"), hue, gloss=0.2)
    art.flat(
        path(f"M262 {top + 22} L538 {top + 22} L536 {top + 40} L265 {top + 40} Z"),
        hue.deep,
        opacity=0.35,
        blur=5,
    )
    art.round(box(246, top - 34, 308, 62, 12), hue, gloss=0.3)
    art.flat(oval(400, top - 32, 146, 16), hue.deep)
    art.flat(oval(400, top - 29, 134, 12), SOIL)


@silhouette("potted-plant")
def potted_plant(art: Art, *, leaf: str, pot: str = "", square: bool = False) -> None:
    """Draw a plant in its pot: monstera, sword leaves, a round cactus or asparagus clouds."""
    draw = {"monstera": _monstera, "sword": _swords, "cactus": _cactus, "cloud": _clouds}[leaf]
    if leaf != "cactus":
        draw(art)
    _pot(art, tones(pot) if pot else CLAY, square=square)
    if leaf == "cactus":
        draw(art)


def _blade(art: Art, at: Point, k: float, turn: float, hue: Tones) -> None:
    """Draw one split monstera leaf whose stalk ends at ``at``."""
    x, y = at
    heart = path(
        "M0 0 C-60 8 -118 -44 -108 -116 C-98 -180 -40 -206 0 -246 C40 -206 98 -180 108 "
        "-116 C118 -44 60 8 0 0 Z"
    )

    def put(shape: Path) -> Path:
        return shape.turned(turn, (0, 0)).scaled(k, about=(0, 0)).moved(x, y)

    art.drop(put(heart), far=6)
    art.solid(put(heart), hue, depth=20 * k)
    art.line(put(path("M0 0 L0 -226")), hue.light, 5 * k)
    for side in (-1, 1):
        for step in range(3):
            low = -52 - step * 52
            vein = path(
                f"M0 {low} C{30 * side} {low - 14} {60 * side} {low - 24} {84 * side} {low - 26}"
            )
            art.line(put(vein), hue.light, 2.6 * k, opacity=0.8)
            cut = path(
                f"M{128 * side} {low - 4} L{52 * side} {low + 10} L{128 * side} {low + 12} Z"
            )
            art.flat(put(cut), mix(art.tint, (255, 255, 255), 0.44))


def _monstera(art: Art) -> None:
    stems = "M400 440 C380 380 300 330 262 330 M400 440 C410 380 470 340 520 330 M400 440 L404 300"
    art.line(path(stems), LEAF.deep, 11)
    art.line(
        path("M396 440 C380 420 360 420 330 424 M404 440 C430 414 470 414 500 424"), LEAF.deep, 9
    )
    for x, y, k, turn, hue in (
        (262, 332, 0.86, -46, DARK),
        (522, 332, 0.9, 42, DARK),
        (404, 316, 1.0, -4, LEAF),
        (330, 424, 0.6, -80, LEAF),
        (500, 424, 0.58, 78, LEAF),
    ):
        _blade(art, (x, y), k, turn, hue)


def _swords(art: Art) -> None:
    for x, height, lean, hue in (
        (330, 250, -15, DARK),
        (480, 270, 14, DARK),
        (372, 340, -6, LEAF),
        (440, 320, 8, LEAF),
        (404, 250, 1, DARK),
    ):
        outline = path(
            f"M{x - 26} 446 C{x - 44} {446 - height * 0.5} {x - 22} {446 - height * 0.85} "
            f"{x} {440 - height} C{x + 22} {446 - height * 0.85} {x + 44} "
            f"{446 - height * 0.5} {x + 26} 446 Z"
        ).turned(lean, (x, 446))
        art.drop(outline, far=8)
        art.solid(outline, tones("light-yellow"), depth=8)
        inner = outline.scaled(0.68, 0.94, about=(x, 446))
        art.solid(inner, hue, depth=10)
        with art.within(inner):
            for i in range(8):
                y = 430 - i * height / 8
                band = smooth(f"{x - 40},{y} {x},{y - 12} {x + 40},{y}", closed=False)
                art.line(band.turned(lean, (x, 446)), hue.light, 5, opacity=0.4)


def _cactus(art: Art) -> None:
    ball = oval(400, 330, 168, 150)
    art.flat(oval(400, 452, 130, 14), SOIL)
    art.solid(ball, LEAF, depth=46)
    with art.within(ball):
        for i in range(-4, 5):
            x = 400 + i * 44
            rib = smooth(f"400,176 {x},250 {x + i * 8},340 {x},430 400,486", closed=False)
            art.line(rib, LEAF.deep, 8, opacity=0.55)
    for i in range(-4, 5):
        for step in range(6):
            y = 220 + step * 48
            reach = (1 - ((y - 330) / 152) ** 2) ** 0.5
            x = 400 + i * 42 * max(reach, 0.35)
            for turn in (-50, 0, 50):
                spine = path(f"M{x} {y} L{x} {y - 22}").turned(turn, (x, y))
                art.line(spine, tones("yellow").light, 2.6)
    for turn in range(-70, 71, 28):
        petal = oval(400, 164, 11, 24).turned(turn, (400, 190))
        art.flat(petal, tones("coral").base)
    art.flat(oval(400, 184, 18, 9), tones("yellow").base)


def _clouds(art: Art) -> None:
    stems = "M400 450 C396 380 360 330 300 300 M400 450 C404 360 440 300 500 260 M400 450 L392 210"
    art.line(path(stems), DARK.base, 6)
    layers = ((290, 300, 120), (506, 258, 124), (392, 200, 112), (470, 362, 92), (330, 396, 80))
    for x, y, half in layers:
        cloud = smooth(
            f"{x - half},{y + 8} {x - half * 0.6},{y - 22} {x},{y - 34} {x + half * 0.6},"
            f"{y - 22} {x + half},{y + 8} {x},{y + 20}"
        )
        art.flat(cloud.moved(0, 8), DARK.base, opacity=0.35, blur=8)
        art.solid(cloud, LEAF, depth=14)
        for i in range(26):
            a = x - half * 0.92 + i * half * 1.84 / 25
            tall = 16 + (i * 7) % 18
            art.line(path(f"M{a} {y + 8} L{a + (a - x) * 0.12} {y + 4 - tall}"), LEAF.light, 2.6)
            art.line(path(f"M{a} {y + 8} L{a + (a - x) * 0.1} {y + 16}"), DARK.light, 2.6)


@silhouette("succulents")
def succulents(art: Art) -> None:
    """Draw nine rosettes in a shallow wooden box, seen from above."""
    tray = box(150, 170, 500, 500, 14)
    art.drop(tray, far=24)
    art.solid(tray, WOOD, depth=18)
    art.flat(box(178, 198, 444, 444, 8), SOIL)
    for i in range(120):
        x, y = 184 + (i * 97) % 432, 204 + (i * 61) % 432
        art.flat(
            oval(x, y, 7, 5), tones("gray").base if i % 2 else tones("coffee").base, opacity=0.6
        )
    hues = (
        "mint",
        "dusty-pink",
        "green",
        "teal",
        "coral",
        "mint",
        "lavender",
        "army-green",
        "pink",
    )
    for i, hue in enumerate(hues):
        x, y = 252 + (i % 3) * 148, 272 + (i // 3) * 148
        _rosette(art, (x, y), tones(hue), 74 - (i * 5) % 14, 7 + i % 3)


def _rosette(art: Art, at: Point, hue: Tones, size: float, count: int) -> None:
    x, y = at
    art.flat(oval(x + 4, y + 9, size * 0.95), NIGHT, opacity=0.45, blur=9)
    for ring in range(4):
        reach = size * (1 - ring * 0.24)
        tone = mix(hue.shade, hue.light, ring / 3)
        for step in range(count):
            turn = step * 360 / count + ring * 180 / count
            petal = path(
                f"M0 0 C{-reach * 0.42} {-reach * 0.4} {-reach * 0.3} {-reach * 0.9} 0 "
                f"{-reach} C{reach * 0.3} {-reach * 0.9} {reach * 0.42} {-reach * 0.4} 0 0 Z"
            )
            petal = petal.turned(turn, (0, 0)).moved(x, y)
            art.flat(petal.moved(0, 2.5), hue.deep, opacity=0.5)
            art.flat(petal, tone)
            a = radians(turn - 90)
            art.flat(
                oval(x + reach * 0.9 * cos(a), y + reach * 0.9 * sin(a), 3.2),
                tones("red").base,
                opacity=0.6,
            )


@silhouette("hanging-fern")
def hanging_fern(art: Art) -> None:
    """Draw a fern spilling out of a pot that hangs from cotton cords."""
    art.line(path("M400 60 L286 400 M400 60 L514 400 M400 60 L400 390"), CREAM.deep, 7)
    art.flat(oval(400, 62, 16), METAL.deep)
    for turn in (-112, 112, -84, 84, -58, 58):
        _frond(art, turn, DARK)
    bowl = path("M280 390 L520 390 C524 500 480 560 400 560 C320 560 276 500 280 390 Z")
    art.round(bowl, CREAM, gloss=0.4)
    art.flat(oval(400, 392, 120, 18), SOIL)
    for turn in (-130, 128, -30, 30, -8, -98, 98):
        _frond(art, turn, LEAF)
    art.line(path("M400 560 L400 640 M392 560 L384 650 M408 560 L416 646"), CREAM.deep, 5)


def _frond(art: Art, turn: float, hue: Tones) -> None:
    """Draw one arching fern frond from the middle of the pot."""
    side = 1 if turn >= 0 else -1
    spread = abs(turn) / 130
    tip = (400 + side * (60 + 210 * spread), 190 + 380 * spread**2)
    peak = (400 + side * (90 + 120 * spread), 180 + 60 * spread)
    spine = [_bend(t / 16, (400, 392), peak, tip) for t in range(17)]
    art.line(Path((tuple(spine),)), hue.deep, 4)
    leaflets = Path(())
    for i, (x, y) in enumerate(spine[1:], start=1):
        size = 34 * (1 - i / 19)
        px, py = spine[i - 1]
        way = (x - px, y - py)
        for lean in (-1, 1):
            nx, ny = -way[1] * lean, way[0] * lean
            norm = (nx * nx + ny * ny) ** 0.5 or 1
            ex, ey = x + nx / norm * size + way[0] * 0.4, y + ny / norm * size + way[1] * 0.4
            leaflets += path(
                f"M{x - way[0] * 0.3:.1f} {y - way[1] * 0.3:.1f} L{ex:.1f} {ey:.1f} "
                f"L{x + way[0] * 0.3:.1f} {y + way[1] * 0.3:.1f} Z"
            )
    art.flat(leaflets.moved(3, 6), NIGHT, opacity=0.14, blur=4)
    art.flat(leaflets, hue.base)
    art.line(Path((tuple(spine),)), hue.light, 2.6)


def _bend(
    t: float, a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> tuple[float, float]:
    """Return the point at ``t`` of a quadratic curve."""
    u = 1 - t
    return (
        u * u * a[0] + 2 * u * t * b[0] + t * t * c[0],
        u * u * a[1] + 2 * u * t * b[1] + t * t * c[1],
    )


@silhouette("orchid")
def orchid(art: Art) -> None:
    """Draw a moth orchid with two arching stems in a white pot."""
    for turn, x in ((-62, 330), (58, 470), (-30, 360), (34, 440)):
        blade = path("M400 500 C350 440 350 340 400 290 C450 340 450 440 400 500 Z")
        art.solid(blade.turned(turn, (400, 500)), DARK if x < 400 else LEAF, depth=16)
    stems = (
        smooth("390,480 360,340 330,200 250,130 170,150", closed=False),
        smooth("412,480 440,320 470,210 560,150 640,190", closed=False),
    )
    for stem in stems:
        art.line(stem, LEAF.deep, 8)
    for x, y, k in (
        (176, 168, 0.62),
        (244, 156, 0.86),
        (312, 212, 1.0),
        (352, 312, 1.05),
        (632, 210, 0.66),
        (560, 178, 0.9),
        (480, 238, 1.02),
        (448, 336, 1.0),
    ):
        _moth(art, x, y, k)
    art.flat(oval(148, 170, 13, 17) + oval(664, 236, 13, 17), LEAF.light)
    _pot(art, tones("off-white"), top=520)


def _moth(art: Art, x: float, y: float, k: float) -> None:
    """Draw one orchid blossom."""
    back = Path(())
    for turn in (0, 128, -128):
        back += path("M0 0 C-26 -20 -24 -56 0 -66 C24 -56 26 -20 0 0 Z").turned(turn, (0, 0))
    wings = path("M0 0 C-20 -50 -76 -50 -78 -12 C-78 22 -30 30 0 0 Z").both(0)
    for shape, hue in ((back, art.own.base), (wings, mix(art.own.base, art.own.light, 0.8))):
        put = shape.scaled(k, about=(0, 0)).moved(x, y)
        art.flat(put.moved(3, 6), NIGHT, opacity=0.2, blur=5)
        art.flat(put, hue)
        art.canvas.light(put, art.own.light, art.own.shade, depth=8 * k)
    lip = path("M0 0 C-16 6 -18 28 0 40 C18 28 16 6 0 0 Z").scaled(k, about=(0, 0)).moved(x, y)
    art.flat(lip, tones("burgundy" if art.colour != "purple" else "yellow").base)
    art.flat(oval(x, y + 4 * k, 7 * k), tones("yellow").light)


@silhouette("herbs")
def herbs(art: Art) -> None:
    """Draw basil, mint and chives in a tin trough."""
    for i in range(26):
        x = 548 + (i * 5) % 96
        art.line(
            smooth(
                f"{x},470 {x + (i % 5 - 2) * 7},350 {x + (i % 7 - 3) * 14},{220 + (i * 31) % 90}",
                closed=False,
            ),
            LEAF.base if i % 3 else LEAF.light,
            6,
        )
    for cx, hue, size in ((240, LEAF, 44), (410, tones("teal"), 30)):
        for i in range(34):
            x, y = cx + ((i * 53) % 170 - 85), 250 + (i * 47) % 210
            leaf = oval(x, y, size * 0.62, size).turned((i * 61) % 360, (x, y))
            art.flat(leaf.moved(2, 5), NIGHT, opacity=0.16, blur=4)
            art.solid(leaf, hue if i % 3 else shifted(hue, (255, 255, 255), 0.14), depth=8)
            vein = path(f"M{x} {y - size * 0.8} L{x} {y + size * 0.8}").turned(
                (i * 61) % 360, (x, y)
            )
            art.line(vein, hue.light, 2)
    art.ground(400, 670, 560)
    trough = path("M130 450 L670 450 L640 664 L160 664 Z")
    art.solid(trough, METAL, depth=24)
    for y in (486, 630):
        art.line(
            path(f"M{136 + (y - 450) * 0.14} {y} L{664 - (y - 450) * 0.14} {y}"),
            METAL.deep,
            4,
            opacity=0.5,
        )
    for x in (240, 400, 560):
        art.solid(box(x - 48, 530, 96, 62, 8), CREAM, depth=6)
        art.flat(box(x - 28, 552, 56, 7, 3) + box(x - 18, 568, 36, 6, 3), CREAM.ink, opacity=0.7)
