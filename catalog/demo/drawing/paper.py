"""Silhouettes of notebooks and pens."""

from __future__ import annotations

from catalog.demo.drawing.art import CREAM, METAL, WOOD, Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, mix, tones
from catalog.demo.drawing.path import box, oval, path, smooth


@silhouette("notebook")
def notebook(
    art: Art,
    *,
    dots: bool = False,
    spiral: bool = False,
    field: bool = False,
    binder: bool = False,
    sketch: bool = False,
) -> None:
    """Draw a notebook: hardback, spiral planner, field book, binder, or watercolour pad."""
    if spiral or binder:
        _bound(art, spiral=spiral)
        return
    cover = box(210, 150, 360, 500, 18)
    art.drop(cover, far=28)
    art.solid(cover.moved(12, 16), CREAM if not sketch else tones("white"), depth=10)
    art.solid(cover, depth=26)
    art.flat(box(540, 150, 26, 500, 6), art.own.deep, opacity=0.4)
    if dots:
        art.line(path("M430 160 L430 640"), art.own.light, 4, opacity=0.5)
        ribbon = path("M360 640 L366 720 L340 700 L326 726 L330 640 Z")
        art.solid(ribbon, shifted(art.own, NIGHT, 0.4), depth=6)
        art.line(path("M500 150 L500 660"), shifted(art.own, NIGHT, 0.3).base, 15)
    if field:
        art.solid(box(240, 350, 300, 60, 8), shifted(art.own, WHITE, 0.3), depth=8)
        art.line(
            lines("M260 390 L520 390", "M280 440 L500 440", "M280 480 L500 480"),
            METAL.base,
            4,
            opacity=0.5,
        )
        art.line(path("M540 600 L700 460"), METAL.deep, 17)
        art.line(path("M540 600 L700 460").moved(-3, -4), METAL.light, 6)
        art.flat(oval(700, 460, 11), tones("coral").base)
    if sketch:
        art.flat(oval(320, 300, 54) + oval(420, 340, 60), (236, 226, 210), opacity=0.8)
        for hue, x, y in (("turquoise", 320, 300), ("coral", 400, 330), ("yellow", 470, 260)):
            art.flat(oval(x, y, 58), tones(hue).base, opacity=0.7, blur=8)
        art.line(path("M600 400 L700 520"), WOOD.base, 20)
        art.solid(path("M588 380 L604 390 L596 410 L580 402 Z"), METAL, depth=4)


def _bound(art: Art, *, spiral: bool) -> None:
    page = box(220, 150, 380, 500, 16)
    art.drop(page, far=26)
    art.solid(page.moved(12, 16), CREAM, depth=8)
    art.solid(page, depth=24)
    if spiral:
        for y in range(180, 640, 40):
            art.line(path(f"M220 {y} C190 {y} 190 {y + 16} 220 {y + 16}"), METAL.shade, 7)
            art.line(
                path(f"M220 {y} C196 {y} 196 {y + 10} 220 {y + 12}").moved(-2, -3), METAL.light, 3
            )
        for y in range(230, 600, 66):
            art.line(path(f"M300 {y} L540 {y}"), art.own.deep, 4, opacity=0.35)
        art.flat(box(400, 160, 120, 50, 10), CREAM.base, opacity=0.9)
        art.line(lines("M420 180 L500 180", "M420 200 L470 200"), art.own.deep, 4)
        return
    for y in (220, 400, 580):
        art.flat(oval(270, y, 13), art.own.ink)
        art.flat(oval(270, y, 8), METAL.base)
    for y in range(220, 640, 56):
        art.line(path(f"M320 {y} L560 {y}"), CREAM.deep, 4, opacity=0.6)
    art.line(path("M430 190 L430 620"), CREAM.deep, 3, opacity=0.5)
    art.line(lines("M350 210 L420 210", "M460 210 L530 210"), tones("coral").base, 5)


@silhouette("pens")
def pens(art: Art) -> None:
    """Draw a row of gel pens."""
    hues = ("black", "black", "blue", "red", "blue", "black", "red")
    for i, name in enumerate(hues):
        x = 156 + i * 78
        hue = tones(name)
        art.drop(path(f"M{x} 220 L{x + 44} 220 L{x + 40} 600 L{x + 6} 600 Z"), far=10)
        art.round(
            path(f"M{x} 260 L{x + 44} 260 L{x + 40} 580 L{x + 22} 640 L{x + 6} 580 Z"),
            shifted(hue, WHITE, 0.55),
        )
        art.solid(box(x, 190, 44, 80, 14), shifted(METAL, NIGHT, 0.05), depth=8)
        art.line(path(f"M{x + 50} 210 L{x + 58} 300"), METAL.deep, 7)
        art.flat(
            path(f"M{x + 2} 560 L{x + 42} 560 L{x + 38} 600 L{x + 22} 632 L{x + 8} 600 Z"), hue.base
        )


@silhouette("fountain-pen")
def fountain_pen(art: Art) -> None:
    """Draw a fountain pen writing a line, with its cap lying above."""
    lean, about = -38, (400, 400)
    art.line(smooth("90,640 150,610 190,650 240,616 286,632", closed=False), tones("navy").base, 6)
    barrel = (
        path("M330 360 L640 356 C676 358 690 380 690 400 C690 420 676 442 640 444 L330 440 Z")
        .turned(lean, about)
        .moved(20, 40)
    )
    grip = path("M232 376 L334 362 L334 438 L232 424 Z").turned(lean, about).moved(20, 40)
    nib = (
        path("M236 378 C200 380 160 392 120 400 C160 408 200 420 236 422 Z")
        .turned(lean, about)
        .moved(20, 40)
    )
    cap = (
        path("M300 356 L540 352 C566 354 576 376 576 400 C576 424 566 446 540 448 L300 444 Z")
        .turned(lean, about)
        .moved(-60, -150)
    )
    clip = (
        path("M330 344 L520 340 C530 340 530 356 520 356 L330 360 Z")
        .turned(lean, about)
        .moved(-60, -150)
    )
    for part in (cap, barrel):
        art.drop(part, far=22)
        art.solid(part, depth=26)
    art.solid(clip, METAL, depth=5)
    art.solid(grip, shifted(art.own, NIGHT, 0.4), depth=14)
    art.solid(nib, METAL, depth=7)
    art.line(path("M130 400 L210 400").turned(lean, about).moved(20, 40), METAL.ink, 3)
    art.flat(oval(212, 400, 6).turned(lean, about).moved(20, 40), METAL.ink)
    art.line(path("M336 362 L336 438").turned(lean, about).moved(20, 40), METAL.light, 9)
    art.line(path("M306 358 L306 442").turned(lean, about).moved(-60, -150), METAL.light, 9)


@silhouette("brush-pens")
def brush_pens(art: Art) -> None:
    """Draw a fan of brush pens with a stroke of ink."""
    for i, hue in enumerate(("black", "gray", "teal", "coral", "yellow", "purple")):
        turn, x = -40 + i * 16, 400
        body = path(f"M{x - 22} 220 L{x + 22} 220 L{x + 18} 520 L{x - 18} 520 Z").turned(
            turn, (x, 520)
        )
        art.drop(body, far=14)
        art.round(body, tones(hue))
        tip = path(f"M{x - 16} 220 C{x - 10} 150 {x + 10} 150 {x + 16} 220 Z").turned(
            turn, (x, 520)
        )
        art.solid(tip, shifted(tones(hue), NIGHT, 0.25), depth=6)
    art.line(
        path("M140 660 C220 640 340 650 440 660 C520 668 600 660 660 648"), tones("black").base, 12
    )


@silhouette("calligraphy")
def calligraphy(art: Art) -> None:
    """Draw a brush, an ink stone and a sheet with the character for mountain."""
    ink = (44, 42, 48)
    felt = path("M110 200 L600 170 L640 640 L130 660 Z")
    art.drop(felt, far=16)
    art.solid(felt, tones("burgundy"), depth=10)
    sheet = path("M160 230 L540 206 L570 590 L176 610 Z")
    art.drop(sheet, far=8)
    art.solid(sheet, CREAM, depth=8)
    strokes = (
        "M340 262 C356 252 388 262 390 286 C386 350 388 430 392 492 C384 506 366 504 358 494 C362 "
        "420 362 340 340 262 Z",
        "M254 370 C266 358 290 366 292 386 C288 424 290 460 296 490 C360 488 420 484 476 476 C484 "
        "490 480 504 468 508 C400 512 340 516 282 520 C266 516 262 506 266 492 C268 450 266 408 "
        "254 370 Z",
        "M446 350 C462 342 488 350 490 370 C484 416 484 462 490 508 C484 528 470 540 460 534 C462 "
        "470 464 410 446 350 Z",
    )
    for stroke in strokes:
        art.flat(path(stroke), ink)
    art.flat(box(500, 536, 34, 36, 5), tones("red").base, opacity=0.9)
    art.solid(box(560, 560, 170, 130, 30), tones("black"), depth=16)
    art.flat(oval(645, 630, 60, 36), (24, 24, 28))
    art.shine(oval(630, 618, 20, 8), opacity=0.3)
    lean, about = 24, (630, 360)
    art.drop(box(616, 80, 28, 380, 12).turned(lean, about), far=14)
    art.round(box(616, 80, 28, 380, 12).turned(lean, about), WOOD)
    art.solid(
        path("M608 450 L652 450 L648 490 L612 490 Z").turned(lean, about), tones("coffee"), depth=6
    )
    art.solid(
        path("M610 488 L650 488 C658 540 640 580 630 606 C620 580 602 540 610 488 Z").turned(
            lean, about
        ),
        tones("light-gray"),
        depth=10,
    )
    art.flat(
        path(
            "M612 540 C620 560 640 560 648 540 C644 572 636 592 630 606 C624 592 616 572 612 540 Z"
        ).turned(lean, about),
        ink,
    )


@silhouette("pencil-box")
def pencil_box(art: Art) -> None:
    """Draw drawing pencils in a pine box with a brass sharpener."""
    art.ground(400, 640, 560)
    art.solid(box(130, 420, 540, 220, 20), WOOD, depth=20)
    art.flat(box(160, 448, 480, 150, 12), mix(WOOD.shade, NIGHT, 0.2))
    for i, hue in enumerate(("green", "navy", "burgundy", "brown", "dark-gray")):
        x = 192 + i * 90
        art.round(box(x, 310, 44, 300, 12), tones(hue))
        art.solid(
            path(f"M{x} 330 L{x + 44} 330 L{x + 34} 300 L{x + 10} 300 Z"),
            shifted(tones(hue), NIGHT, 0.3),
            depth=5,
        )
        art.flat(path(f"M{x + 16} 300 L{x + 28} 300 L{x + 24} 282 L{x + 20} 282 Z"), (60, 60, 66))
    lid = path("M150 420 L200 300 L640 300 L650 420 Z")
    art.drop(lid, far=16)
    art.solid(lid, WOOD, depth=16)
    art.line(path("M200 370 L620 370"), WOOD.light, 6, opacity=0.6)
    sharpener = box(600, 600, 90, 80, 14)
    art.drop(sharpener, far=10)
    art.solid(sharpener, METAL, depth=12)
    art.flat(oval(640, 640, 18), (44, 46, 54))
