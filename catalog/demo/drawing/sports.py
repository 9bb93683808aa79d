"""Silhouettes of yoga and fitness things."""

from __future__ import annotations

from math import cos, radians, sin

from catalog.demo.drawing.art import METAL, RUBBER, Art, digits, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, Tones, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

IRON = Tones((104, 106, 114), (70, 72, 80), (52, 53, 60), (36, 37, 44), (24, 24, 30))


@silhouette("yoga-mat")
def yoga_mat(art: Art, *, folded: bool = False, thick: bool = False) -> None:
    """Draw a yoga mat: standing rolled in a strap, folded for travel, or thick."""
    if folded:
        _folded_mat(art)
        return
    half, x = (150, 400) if thick else (112, 400)
    art.ground(x, 676, half * 2.5)
    roll = path(
        f"M{x - half} 180 L{x + half} 180 L{x + half} 650 C{x + half} 690 {x - half} "
        f"690 {x - half} 650 Z"
    )
    art.round(roll, gloss=0.25)
    with art.within(roll):
        edge = x + half * 0.35
        art.fold(
            path(f"M{edge} 180 L{edge + 26} 180 L{edge + 26} 700 L{edge} 700 Z"),
            blur=9,
            opacity=0.6,
        )
        art.line(path(f"M{edge} 180 L{edge} 700"), width=4)
        for y in (320, 540):
            strap = (
                f"M{x - half} {y} C{x - half * 0.6} {y + 36} {x + half * 0.6} {y + 36} "
                f"{x + half} {y}"
            )
            art.line(path(strap), art.own.ink, 30)
            art.line(path(strap).moved(0, -4), (236, 232, 224), 20)
    _roll_end(art, x, 180, half)
    art.solid(box(x - 26, 328, 52, 38, 8), METAL, depth=5)


def _folded_mat(art: Art) -> None:
    art.ground(400, 640, 500)
    for i, y in enumerate((560, 480, 400, 320)):
        layer = box(160, y, 480, 84, 40)
        art.solid(layer, art.own if i % 2 else shifted(art.own, WHITE, 0.14), depth=18)
        art.line(
            path(f"M200 {y + 42} L{610 if i % 2 else 640} {y + 42}"), art.own.deep, 3, opacity=0.35
        )
    art.solid(box(360, 306, 80, 346, 8), shifted(art.own, NIGHT, 0.35), depth=8)
    art.solid(box(350, 430, 100, 60, 10), METAL, depth=6)


def _roll_end(art: Art, x: float, y: float, r: float) -> None:
    """Draw the spiral end of a standing roll."""
    art.solid(oval(x, y, r, r * 0.36), shifted(art.own, WHITE, 0.12), depth=8)
    turns = [radians(angle) for angle in range(0, 360 * 5, 12)]
    spiral = [
        (x + r * 0.94 * (1 - a / 34) * cos(a), y + r * 0.34 * (1 - a / 34) * sin(a)) for a in turns
    ]
    art.line(Path((tuple(spiral),)), art.own.deep, 4.5, opacity=0.85)


@silhouette("yoga-blocks")
def yoga_blocks(art: Art) -> None:
    """Draw two cork blocks and a strap with a metal ring."""
    cork = Tones((226, 188, 140), (204, 162, 112), (178, 136, 90), (140, 104, 68), (96, 70, 46))
    art.ground(370, 640, 480)
    for block in (box(150, 500, 400, 140, 16), box(250, 300, 200, 200, 16)):
        art.solid(block, cork, depth=18)
        left, up, right, down = block.bounds()
        specks = Path(
            tuple(
                oval(
                    left + 14 + i * 67 % (right - left - 28),
                    up + 14 + i * 41 % (down - up - 28),
                    3 + i % 3,
                ).rings[0]
                for i in range(44)
            )
        )
        art.flat(specks, cork.ink, opacity=0.35)
    coil = oval(600, 560, 78)
    art.line(coil.moved(3, 6), NIGHT, 22, opacity=0.2)
    art.line(coil, art.accent.shade, 24)
    art.line(coil.moved(-2, -3), art.accent.base, 15)
    art.line(oval(600, 560, 44), art.accent.shade, 20)
    art.line(path("M600 482 C520 470 500 560 530 660"), art.accent.base, 22)
    art.line(oval(528, 660, 24), METAL.shade, 9)


@silhouette("bolster")
def bolster(art: Art) -> None:
    """Draw a long buckwheat bolster with a handle."""
    art.ground(400, 580, 620)
    body = path(
        "M150 330 C250 320 560 320 660 330 C712 340 712 560 660 574 C560 586 250 586 150 574 Z"
    )
    art.solid(body, depth=54)
    art.line(path("M580 318 C560 260 500 260 486 318"), art.own.deep, 20)
    end = oval(146, 452, 50, 124)
    art.solid(end, shifted(art.own, NIGHT, 0.08), depth=14)
    for turn in range(0, 360, 30):
        art.line(
            path("M146 452 L146 340").turned(turn, (146, 452)).scaled(0.38, 0.98, about=(146, 452)),
            art.own.deep,
            2.6,
            opacity=0.45,
        )
    art.solid(oval(146, 452, 13, 22), depth=5)
    art.stitch(path("M190 336 C174 400 174 500 190 568"))
    art.fold(
        path("M300 420 C400 440 500 430 600 410 L600 426 C500 450 400 458 300 440 Z"), opacity=0.25
    )


@silhouette("dumbbell")
def dumbbell(art: Art) -> None:
    """Draw an adjustable dumbbell in its tray."""
    art.ground(400, 610, 600)
    art.solid(path("M120 540 L680 540 L704 610 L96 610 Z"), shifted(IRON, WHITE, 0.12), depth=12)
    for side in (0, 1):
        for i, (x, r) in enumerate(((136, 96), (172, 116), (208, 132), (244, 140), (280, 132))):
            plate = box(x, 430 - r, 32, r * 2, 12)
            art.solid(plate.mirrored() if side else plate, IRON if i % 2 else RUBBER, depth=9)
        ring = box(312, 376, 22, 108, 6)
        art.solid(ring.mirrored() if side else ring, art.accent, depth=6)
    art.solid(box(328, 396, 144, 68, 16), METAL, depth=16)
    for x in range(344, 462, 12):
        art.line(path(f"M{x} 402 L{x + 6} 458"), METAL.deep, 2.6, opacity=0.6)


@silhouette("bands")
def bands(art: Art) -> None:
    """Draw five loop bands side by side, from thin to broad."""
    for i, hue in enumerate(("yellow", "coral", "green", "blue", "purple")):
        x, width, step = 150 + i * 125, 15 + i * 6, tones(hue)
        loop = box(x - 34, 190, 68, 420, 34)
        art.canvas.stroke(loop.moved(7, 14), NIGHT, width, opacity=0.16, closed=True)
        art.canvas.stroke(loop, step.shade, width, closed=True)
        art.canvas.stroke(loop.moved(-2, -3), step.base, width - 5, closed=True)
        art.line(
            path(f"M{x - 34 - width * 0.2} 240 L{x - 34 - width * 0.2} 560"),
            step.light,
            3,
            opacity=0.8,
        )


@silhouette("kettlebell")
def kettlebell(art: Art) -> None:
    """Draw a cast-iron kettlebell with a painted ring."""
    art.ground(400, 668, 340)
    grip = path("M300 440 C220 120 580 120 500 440")
    art.line(grip, IRON.deep, 54)
    art.line(grip.moved(-4, -5), IRON.base, 36)
    art.line(grip.moved(-10, -12), IRON.light, 7, opacity=0.7)
    body = path(
        "M400 350 C540 350 590 450 584 540 C578 620 530 668 490 668 L310 668 C270 "
        "668 222 620 216 540 C210 450 260 350 400 350 Z"
    )
    art.solid(body, IRON, depth=54)
    with art.within(body):
        art.flat(
            path("M200 520 C300 552 500 552 600 520 L600 556 C500 588 300 588 200 556 Z"),
            art.accent.base,
        )
    art.shine(smooth("262,470 290,410 340,384 310,450 286,520"), opacity=0.35, blur=10)


@silhouette("jump-rope")
def jump_rope(art: Art) -> None:
    """Draw two handles with a display and ball ends, and a rope behind."""
    rope = path("M300 300 C160 60 640 60 500 300")
    art.line(rope.moved(4, 8), NIGHT, 10, opacity=0.16)
    art.line(rope, mix(art.own.base, art.own.deep, 0.4), 10)
    art.ground(400, 690, 420)
    for side in (0, 1):
        handle = path("M268 300 L332 300 L342 560 C342 610 258 610 258 560 Z")
        tail = path("M300 600 C296 630 304 640 300 662")
        flip = (lambda shape: shape.mirrored()) if side else (lambda shape: shape)
        art.line(flip(tail), RUBBER.base, 8)
        art.solid(flip(oval(300, 668, 24)), art.own, depth=8)
        art.solid(flip(handle), art.own, depth=22)
        art.solid(flip(path("M272 300 L328 300 L324 262 L276 262 Z")), METAL, depth=7)
        if side:
            art.flat(flip(box(272, 350, 56, 76, 12)), (30, 36, 48))
            art.line(digits("128", 478, 374, 12), tones("turquoise").light, 4)
        else:
            art.solid(flip(box(272, 350, 56, 76, 12)), shifted(art.own, WHITE, 0.25), depth=6)
        for y in (460, 490, 520):
            art.line(flip(path(f"M270 {y} C290 {y + 6} 310 {y + 6} 330 {y}")), width=4, opacity=0.5)


@silhouette("foam-roller")
def foam_roller(art: Art) -> None:
    """Draw a foam roller with a shallow grid."""
    art.ground(400, 610, 600)
    body = path("M190 380 L610 320 C660 320 690 380 690 440 C690 500 660 556 610 560 L190 620 Z")
    art.solid(body, depth=46)
    with art.within(body):
        for i in range(9):
            x = 250 + i * 52
            art.line(
                path(f"M{x} 360 C{x + 46} 420 {x + 46} 520 {x} 620"), art.own.deep, 9, opacity=0.5
            )
            art.line(
                path(f"M{x + 4} 360 C{x + 50} 420 {x + 50} 520 {x + 4} 620"),
                art.own.light,
                3,
                opacity=0.6,
            )
        for y in (60, 120, 180):
            art.line(path(f"M190 {380 + y} L690 {310 + y}"), art.own.deep, 7, opacity=0.35)
    art.solid(oval(190, 500, 84, 120), shifted(art.own, NIGHT, 0.1), depth=16)
    art.solid(oval(190, 500, 38, 58), shifted(art.own, NIGHT, 0.4), depth=9)
