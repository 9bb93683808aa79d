"""Silhouettes of tents and sleeping bags, out on the grass."""

from __future__ import annotations

from math import cos, radians, sin

from catalog.demo.drawing.art import METAL, Art, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth


@silhouette("tent")
def tent(
    art: Art,
    *,
    family: bool = False,
    pyramid: bool = False,
    dome: bool = False,
    arch: bool = False,
) -> None:
    """Draw a tent: dome for two, family, pyramid on a pole, pop-up shade, or mountain arch."""
    _hills(art)
    if family:
        _family(art)
    elif pyramid:
        _pyramid(art)
    elif dome:
        _popup(art)
    else:
        _trekking(art, arch=arch)


def _hills(art: Art) -> None:
    far, near = (
        mix(art.tint, tones("green").base, 0.35),
        mix(art.tint, tones("dark-green").base, 0.28),
    )
    art.flat(
        smooth("0,560 120,500 260,540 380,480 540,530 680,486 860,540 860,860 0,860"),
        far,
        opacity=0.8,
    )
    art.flat(
        smooth("-20,640 160,604 340,630 520,596 700,622 860,596 860,900 -20,900"),
        near,
        opacity=0.75,
    )


def _peg(art: Art, x1: float, y1: float, x2: float, y2: float) -> None:
    art.line(path(f"M{x1} {y1} L{x2} {y2}"), (236, 236, 230), 4)
    art.line(path(f"M{x2 - 5} {y2 - 8} L{x2 + 5} {y2 + 8}"), METAL.deep, 7)


def _trekking(art: Art, *, arch: bool) -> None:
    art.ground(400, 656, 620)
    _peg(art, 200, 430, 96, 650)
    _peg(art, 610, 430, 704, 650)
    fly = path("M120 656 C170 470 280 340 400 300 C520 340 630 470 680 656 Z")
    if arch:
        fly = path("M110 656 C110 470 220 330 340 330 L460 330 C580 330 690 470 690 656 Z")
    art.solid(fly, depth=46)
    with art.within(fly):
        art.fold(
            path("M400 300 C330 420 260 540 214 656 L260 656 C300 540 360 420 404 310 Z"),
            opacity=0.35,
            blur=12,
        )
        art.line(path("M402 310 C500 400 560 520 610 660"), art.own.deep, 4, opacity=0.7)
        art.line(path("M398 310 C300 400 240 520 190 660"), art.own.deep, 4, opacity=0.7)
        if arch:
            art.line(path("M150 660 C160 500 250 380 340 336"), art.own.deep, 4)
            art.line(path("M650 660 C640 500 550 380 460 336"), art.own.deep, 4)
            art.flat(path("M108 630 L692 630 L700 668 L100 668 Z"), art.own.deep, opacity=0.75)
    door = path("M330 656 C344 540 370 430 400 366 C430 430 456 540 470 656 Z")
    art.solid(door, shifted(art.own, NIGHT, 0.45), depth=14)
    art.flat(
        path("M400 372 C388 470 380 560 376 656 L424 656 C420 560 412 470 400 372 Z"),
        mix(art.own.ink, NIGHT, 0.5),
    )
    art.line(path("M400 366 L400 656"), (240, 238, 228), 4)


def _family(art: Art) -> None:
    art.ground(400, 664, 660)
    cabin = path("M90 664 C96 480 160 360 300 344 C330 342 360 348 386 360 L470 664 Z")
    room = path("M330 664 C330 470 400 300 520 300 C640 300 706 470 712 664 Z")
    art.solid(cabin, shifted(art.own, NIGHT, 0.12), depth=40)
    art.solid(room, depth=46)
    for pole in ("M386 356 C420 440 446 550 466 660", "M520 302 C520 420 520 540 520 660"):
        art.line(path(pole), art.own.deep, 4, opacity=0.7)
    door = path("M450 664 C454 520 480 420 520 380 C566 420 592 520 600 664 Z")
    art.solid(door, shifted(art.own, NIGHT, 0.5), depth=12)
    art.line(path("M520 388 L522 660"), (236, 234, 222), 5)
    art.flat(smooth("600,664 640,640 700,636 716,664"), art.own.deep, opacity=0.5)
    window = path("M200 480 C230 450 280 450 310 480 L306 540 L206 540 Z")
    art.flat(window, (236, 232, 210))
    art.line(path("M254 462 L254 540 M202 508 L308 508"), art.own.ink, 5)
    _peg(art, 120, 520, 74, 664)
    _peg(art, 690, 520, 740, 664)


def _pyramid(art: Art) -> None:
    art.ground(400, 660, 560)
    _peg(art, 400, 230, 150, 660)
    _peg(art, 400, 230, 660, 660)
    left = path("M400 230 L130 656 L330 656 L404 400 Z")
    right = path("M400 230 L680 640 L540 660 L404 400 Z")
    front = path("M400 230 L330 656 L540 660 Z")
    art.solid(left, shifted(art.own, NIGHT, 0.1), depth=30)
    art.solid(right, depth=36)
    art.solid(front, shifted(art.own, NIGHT, 0.2), depth=20)
    art.flat(path("M400 300 L356 656 L440 658 Z"), mix(art.own.ink, NIGHT, 0.3))
    art.line(path("M400 232 L400 300"), (240, 238, 228), 4)
    art.line(path("M400 300 L344 480"), (240, 238, 228), 4)


def _popup(art: Art) -> None:
    art.ground(400, 650, 620)
    shade = path("M110 646 C116 470 250 330 400 330 C550 330 684 470 690 646 Z")
    art.solid(shade, depth=50)
    with art.within(shade):
        for i, x in enumerate((230, 400, 570)):
            panel = path(
                f"M400 330 C{x} 440 {x} 560 {x} 660 L{x + 60} 660 C{x + 56} 560 "
                f"{x + 40} 440 404 336 Z"
            )
            art.flat(panel, WHITE, opacity=0.24 if i % 2 else 0.34)
    mouth = path("M300 646 C310 560 350 506 400 500 C450 506 490 560 500 646 Z")
    art.solid(mouth, shifted(art.own, NIGHT, 0.5), depth=14)
    art.flat(oval(400, 622, 26, 22), (246, 232, 190))
    art.flat(oval(676, 640, 16) + oval(120, 642, 16), tones("yellow").base)


@silhouette("sleeping-bag")
def sleeping_bag(
    art: Art,
    *,
    wide: bool = False,
    liner: bool = False,
    double: bool = False,
    stars: bool = False,
) -> None:
    """Draw a sleeping bag: mummy, rectangular, a silk liner, double, or a child's with stars."""
    if double:
        _double(art)
        return
    body = path(
        "M400 84 C500 84 560 150 566 250 C572 420 540 600 500 668 C470 712 330 712 "
        "300 668 C260 600 228 420 234 250 C240 150 300 84 400 84 Z"
    )
    if wide or liner:
        body = path(
            "M236 140 C236 100 270 92 400 92 C530 92 564 100 564 140 L560 660 C556 "
            "700 530 708 400 708 C270 708 244 700 240 660 Z"
        )
    art.drop(body, far=24)
    art.solid(body, depth=44)
    with art.within(body):
        if not liner:
            _baffles(art)
        for i in range(13 if stars else 0):
            _star(art, 270 + i * 97 % 270, 320 + i * 71 % 340, 15 + i % 3 * 6)
    if liner:
        _liner_opening(art)
    else:
        _hood_opening(art, wide=wide)


def _baffles(art: Art) -> None:
    """Lay the quilting across: each seam pulls a soft fold above itself."""
    for y in range(330, 700, 62):
        art.fold(
            path(
                f"M210 {y - 18} C330 {y + 14} 470 {y + 14} 590 {y - 18} L590 {y} C470 "
                f"{y + 30} 330 {y + 30} 210 {y} Z"
            ),
            blur=7,
            opacity=0.42,
        )
        art.line(
            path(f"M210 {y} C330 {y + 30} 470 {y + 30} 590 {y}"), art.own.deep, 3.4, opacity=0.7
        )


def _hood_opening(art: Art, *, wide: bool) -> None:
    """Draw the opening with its lining, and the zip below it."""
    lining = shifted(art.own, WHITE, 0.45)
    face = smooth("400,128 470,150 500,220 468,292 400,312 332,292 300,220 330,150")
    if wide:
        face = path("M262 130 L538 130 L538 236 C470 268 330 268 262 236 Z")
    art.solid(face, lining, depth=18)
    art.flat(face.scaled(0.72, about=(400, 216 if not wide else 196)), art.own.ink, opacity=0.85)
    art.line(path("M470 292 C500 400 500 540 474 690"), art.own.ink, 9)
    art.stitch(path("M470 292 C500 400 500 540 474 690"), METAL.light, width=4)
    art.solid(box(464, 320, 20, 40, 7), METAL, depth=3)


def _liner_opening(art: Art) -> None:
    art.flat(
        path("M252 120 C300 160 500 160 548 120 L548 132 C500 176 300 176 252 132 Z"),
        art.own.deep,
        opacity=0.6,
    )
    for crease in (
        "M300 180 C330 340 300 520 320 700 L344 700 C324 520 350 340 322 180 Z",
        "M470 170 C440 340 480 520 460 700 L484 700 C506 520 464 340 494 170 Z",
    ):
        art.fold(path(crease), blur=9)
    art.shine(
        path("M390 180 C410 340 380 520 396 690 L412 690 C398 520 426 340 408 180 Z"),
        opacity=0.4,
        blur=8,
    )
    pouch = box(560, 560, 110, 130, 30)
    art.drop(pouch, far=12)
    art.solid(pouch, shifted(art.own, NIGHT, 0.15), depth=16)
    art.line(path("M576 588 L654 588"), (240, 240, 240), 5)


def _star(art: Art, x: float, y: float, r: float) -> None:
    arms = []
    for i in range(10):
        k, turn = (r, r * 0.45)[i % 2], radians(36 * i - 90)
        arms.append((x + k * cos(turn), y + k * sin(turn)))
    art.flat(Path((tuple(arms),)), (250, 232, 158))


def _double(art: Art) -> None:
    art.ground(400, 660, 620)
    left = box(120, 240, 280, 400, 34)
    right = box(400, 240, 280, 400, 34)
    for part in (left, right):
        art.solid(part, depth=34)
        with art.within(part):
            x0, y0, x1, y1 = part.bounds()
            for y in range(int(y0) + 50, int(y1), 64):
                art.line(path(f"M{x0} {y} L{x1} {y}"), art.own.deep, 4, opacity=0.35)
    art.solid(box(112, 330, 286, 60, 24), shifted(art.own, WHITE, 0.18), depth=16)
    art.solid(box(402, 330, 286, 60, 24), shifted(art.own, WHITE, 0.18), depth=16)
    art.line(path("M400 244 L400 640"), METAL.base, 9)
    art.stitch(path("M400 244 L400 640"), METAL.light, width=4)
    for x in (200, 600):
        art.flat(oval(x, 292, 74, 26), tones("white").base)
        art.canvas.light(oval(x, 292, 74, 26), WHITE, METAL.base, depth=14)
