"""Silhouettes of bedding and towels."""

from __future__ import annotations

from catalog.demo.drawing.art import CREAM, METAL, WOOD, Art, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth


@silhouette("bedding")
def bedding(art: Art, *, linen: bool = False) -> None:
    """Draw a made bed: duvet folded back, sheet, pillows."""
    art.ground(400, 664, 640)
    art.solid(box(80, 570, 640, 94, 20), WOOD, depth=16)
    sheet = path("M120 280 C300 260 500 260 690 290 L694 590 C500 602 290 602 116 586 Z")
    art.solid(sheet, shifted(art.own, WHITE, 0.4 if art.pale else 0.55), depth=22)
    duvet = path("M124 410 C300 380 500 388 688 420 L690 590 C500 600 290 600 122 586 Z")
    art.solid(duvet, depth=34)
    with art.within(duvet):
        art.fold(
            path("M200 420 C300 460 360 520 340 600 L380 600 C398 520 340 450 240 410 Z"),
            opacity=0.4,
        )
        if linen:
            art.fold(path("M140 460 L700 520 L700 540 L140 500 Z"), blur=8, opacity=0.22)
            art.fold(path("M140 520 L700 470 L700 490 L140 550 Z"), blur=8, opacity=0.22)
            dots = Path(
                tuple(oval(160 + i * 61 % 500, 440 + i * 37 % 130, 3).rings[0] for i in range(50))
            )
            art.flat(dots, art.own.deep, opacity=0.3)
    fold = path(
        "M118 410 C300 380 500 388 690 420 C688 380 690 350 664 330 C500 300 310 300 "
        "150 320 C130 340 122 380 118 410 Z"
    )
    art.fold(fold.moved(0, 12), blur=8, opacity=0.35)
    art.solid(fold, shifted(art.own, WHITE, 0.2), depth=16)
    for x in (200, 430):
        pillow = smooth(
            f"{x},240 {x + 100},210 {x + 180},240 {x + 190},300 {x + 90},320 {x + 4},300"
        )
        art.fold(pillow.moved(0, 14), blur=10, opacity=0.3)
        art.solid(pillow, tones("white"), depth=24)
        art.fold(
            path(
                f"M{x + 70} 250 C{x + 90} 280 {x + 100} 300 {x + 90} 320 L{x + 120} "
                f"310 L{x + 110} 240 Z"
            ),
            blur=8,
            opacity=0.24,
        )


@silhouette("blanket")
def blanket(art: Art, *, quilted: bool = False, folded: bool = False) -> None:
    """Draw a blanket: folded in a soft pile, quilted in squares or plain."""
    art.ground(400, 664, 560)
    for y in (548, 432, 316):
        layer = path(
            f"M150 {y + 20} C150 {y - 4} 176 {y - 8} 210 {y - 8} L600 {y - 8} C660 "
            f"{y - 8} 666 {y + 110} 600 {y + 116} L206 {y + 116} C168 {y + 116} 150 "
            f"{y + 100} 150 {y + 76} Z"
        )
        art.solid(layer, depth=34)
        with art.within(layer):
            _pile_texture(art, y, quilted=quilted)
        art.line(
            path(f"M150 {y + 58} C300 {y + 64} 480 {y + 62} 628 {y + 54}"), width=3.4, opacity=0.6
        )
    if folded:
        band = box(340, 300, 90, 372, 8)
        art.solid(band, CREAM, depth=8)
        art.flat(oval(385, 470, 24), tones("gold").base)


def _pile_texture(art: Art, y: float, *, quilted: bool) -> None:
    """Quilt a layer of the pile in squares, or lay a few soft creases on it."""
    if quilted:
        for x in range(190, 660, 66):
            art.fold(
                path(
                    f"M{x - 6} {y - 10} L{x + 6} {y - 10} L{x + 6} {y + 118} L{x - 6} {y + 118} Z"
                ),
                blur=6,
                opacity=0.5,
            )
            art.line(path(f"M{x} {y - 10} L{x} {y + 118}"), width=3, opacity=0.6)
        return
    for x in (240, 380, 520):
        art.fold(
            path(
                f"M{x} {y} C{x + 40} {y + 30} {x + 20} {y + 80} {x + 60} {y + 116} "
                f"L{x + 80} {y + 110} C{x + 50} {y + 70} {x + 60} {y + 30} {x + 20} "
                f"{y} Z"
            ),
            blur=8,
            opacity=0.22,
        )


@silhouette("pillow")
def pillow(art: Art) -> None:
    """Draw a memory-foam pillow: a high roll behind, a low roll in front, piped edges."""
    art.ground(400, 600, 600)
    body = path(
        "M120 430 C116 340 150 292 220 300 C340 312 460 312 580 300 C650 292 684 340 "
        "680 430 C690 480 700 520 690 560 C680 606 640 612 580 604 C460 592 340 592 "
        "220 604 C160 612 120 606 110 560 C100 520 110 480 120 430 Z"
    )
    art.solid(body, depth=50)
    with art.within(body):
        art.fold(
            path("M100 452 C280 490 520 490 700 452 L700 478 C520 520 280 520 100 478 Z"),
            blur=14,
            opacity=0.45,
        )
        art.shine(
            path("M190 344 C330 360 470 360 610 344 L606 366 C470 384 330 384 194 366 Z"),
            opacity=0.7,
            blur=10,
        )
        art.shine(
            path("M170 520 C330 544 470 544 630 520 L626 538 C470 562 330 562 174 538 Z"),
            opacity=0.7,
            blur=9,
        )
        for x in range(130, 690, 22):
            art.line(path(f"M{x} 290 L{x} 620"), width=1.6, opacity=0.14)
    art.line(
        path("M112 560 C120 606 160 612 220 604 C340 592 460 592 580 604 C640 612 680 606 690 560"),
        METAL.shade,
        6,
    )
    art.solid(box(640, 566, 44, 16, 6), METAL, depth=4)


@silhouette("towel")
def towel(
    art: Art,
    *,
    sport: bool = False,
    hooded: bool = False,
    waffle: bool = False,
    poncho: bool = False,
) -> None:
    """Draw a towel: over a bar, quick-dry with its pouch, waffle, or made to wear."""
    if hooded or poncho:
        _wrap(art, poncho=poncho)
        return
    half = 120 if sport else 176
    back = box(400 - half + 14, 150, half * 2 - 28, 360, 10)
    front = path(
        f"M{400 - half} 150 C{400 - half} 120 {400 + half} 120 {400 + half} 150 "
        f"L{400 + half + 6} 640 C{400 + half * 0.4} 654 {400 - half * 0.4} 654 "
        f"{400 - half - 6} 640 Z"
    )
    art.line(path("M110 150 L690 150"), METAL.deep, 20)
    art.line(path("M110 146 L690 146"), METAL.light, 7)
    art.drop(front, far=24)
    art.solid(back, shifted(art.own, NIGHT, 0.15), depth=10)
    art.solid(front, depth=36)
    with art.within(front):
        _terry(art, half, waffle=waffle)
        if sport:
            art.flat(box(200, 560, 400, 14), WHITE, opacity=0.85)
        elif waffle:
            for y in (540, 566, 592):
                art.line(path(f"M180 {y} L620 {y}"), art.own.ink, 9, opacity=0.4)
        else:
            art.flat(box(180, 540, 440, 54), art.own.light, opacity=0.6)
            art.line(path("M180 540 L620 540 M180 594 L620 594"), width=3.4, opacity=0.6)
    if sport:
        pouch = box(470, 520, 160, 140, 34)
        art.drop(pouch, far=14)
        art.solid(pouch, shifted(art.own, NIGHT, 0.3), depth=20)
        art.line(path("M492 552 L608 552"), (240, 240, 240), 5)
        art.canvas.stroke(box(616, 500, 30, 50, 15), METAL.shade, 8, closed=True)


def _terry(art: Art, half: float, *, waffle: bool) -> None:
    """Lay the creases of hanging cloth, and a waffle grid where the towel has one."""
    for share in (-0.6, 0.05, 0.62):
        x = 400 + half * share
        art.fold(
            path(
                f"M{x} 130 C{x + 24} 300 {x - 16} 480 {x + 12} 660 L{x + 46} 660 "
                f"C{x + 14} 480 {x + 50} 300 {x + 24} 130 Z"
            ),
            blur=12,
            opacity=0.3,
        )
    if waffle:
        for at in range(130, 680, 17):
            art.line(path(f"M200 {at} L600 {at} M{at} 120 L{at} 660"), width=2, opacity=0.24)


def _wrap(art: Art, *, poncho: bool) -> None:
    if poncho:
        body = path("M280 260 L520 260 L690 640 C520 670 280 670 110 640 Z")
        hood = path(
            "M306 270 C280 160 330 120 400 120 C470 120 520 160 494 270 C440 310 360 310 306 270 Z"
        )
        art.drop(hood + body, far=22)
        art.solid(body, depth=40)
        art.solid(hood, depth=26)
        for x in (310, 490):
            art.solid(oval(x, 150, 32), depth=12)
            art.flat(oval(x, 156, 15), shifted(art.own, WHITE, 0.4).base)
        art.flat(path("M330 190 C370 150 430 150 470 190 C450 260 350 260 330 190 Z"), art.own.ink)
        art.fold(
            path("M300 320 C280 460 240 560 210 650 L260 650 C300 540 320 420 330 320 Z"),
            opacity=0.35,
        )
        art.flat(box(390, 330, 20, 30, 6), METAL.base)
        return
    square = path(
        "M130 330 C300 300 520 300 676 330 C690 440 690 560 672 650 C500 672 300 672 "
        "128 650 C112 560 112 440 130 330 Z"
    )
    hood = path(
        "M400 150 C520 170 640 240 676 330 C590 380 500 408 400 408 C300 408 210 380 "
        "124 330 C160 240 280 170 400 150 Z"
    )
    art.drop(square + hood, far=22)
    art.solid(square, depth=36)
    with art.within(square):
        for at in range(120, 690, 26):
            art.line(
                path(
                    f"M100 {at} C300 {at + 8} 500 {at - 8} 700 {at} M{at} 300 "
                    f"C{at + 8} 420 {at - 8} 540 {at} 680"
                ),
                width=2,
                opacity=0.2,
            )
    art.fold(hood.moved(0, 12), blur=10, opacity=0.4)
    art.solid(hood, shifted(art.own, WHITE, 0.16), depth=26)
    art.line(
        path("M128 332 C210 384 300 410 400 410 C500 410 590 384 672 332"),
        art.own.deep,
        7,
        opacity=0.6,
    )
    for x in (270, 530):
        art.solid(oval(x, 196, 40), shifted(art.own, WHITE, 0.16), depth=12)
        art.flat(oval(x, 200, 20), art.own.shade)
    art.flat(oval(350, 300, 9) + oval(450, 300, 9), art.own.ink)
    art.line(path("M386 328 Q400 344 414 328"), art.own.ink, 5)
