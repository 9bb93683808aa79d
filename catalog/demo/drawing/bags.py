"""Silhouettes of backpacks and bags."""

from __future__ import annotations

from catalog.demo.drawing.art import METAL, WOOD, Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, Tones, mix, tones
from catalog.demo.drawing.path import box, oval, path, smooth

BRASS = tones("gold")


def _handle(art: Art, drawn: str, width: float, hue: Tones | None = None) -> None:
    hue = hue or art.own
    art.line(path(drawn), hue.deep, width)
    art.line(path(drawn).moved(-1, -2), hue.base, width - 5)
    art.line(path(drawn).moved(-2, -width * 0.22), hue.light, 2.5, opacity=0.7)


def _zipper(art: Art, drawn: str) -> None:
    art.line(path(drawn), art.own.ink, 8)
    art.stitch(path(drawn), METAL.base, width=3.4)


@silhouette("backpack")
def backpack(
    art: Art, *, leather: bool = False, kids: bool = False, packable: bool = False
) -> None:
    """Draw a backpack: for a laptop, in leather, for school, or thin and packable."""
    trim = BRASS if leather else METAL
    art.ground(400, 676, 400)
    art.solid(
        smooth("214,360 176,420 178,560 218,600 240,480"), shifted(art.own, NIGHT, 0.2), depth=10
    )
    art.solid(
        smooth("586,360 624,420 622,560 582,600 560,480"), shifted(art.own, NIGHT, 0.2), depth=10
    )
    _handle(art, "M346 150 C346 96 454 96 454 150", 20)
    body = path(
        "M226 300 C226 190 300 138 400 138 C500 138 574 190 574 300 L586 616 C586 "
        "660 560 676 520 676 L280 676 C240 676 214 660 214 616 Z"
    )
    art.solid(body, depth=34)
    if leather:
        _leather_flap(art)
        return
    _zipper(art, "M250 330 C250 220 310 172 400 172 C490 172 550 220 550 330")
    art.solid(box(262, 420, 276, 220, 30), depth=18)
    _zipper(art, "M284 470 L516 470")
    art.solid(box(296, 300, 208, 90, 18), depth=12)
    _zipper(art, "M312 326 L488 326")
    art.solid(box(505, 320, 14, 30, 6), trim, depth=3)
    if kids:
        _badge(art)
    if packable:
        art.stitch(
            lines(
                "M330 190 L330 300", "M470 190 L470 300", "M330 400 L330 660", "M470 400 L470 660"
            ),
            art.own.light,
        )


def _leather_flap(art: Art) -> None:
    flap = path(
        "M222 300 C222 186 300 134 400 134 C500 134 578 186 578 300 L578 380 C578 "
        "430 500 450 400 450 C300 450 222 430 222 380 Z"
    )
    art.fold(flap.moved(3, 14), blur=12, opacity=0.5)
    art.solid(flap, depth=30)
    art.stitch(
        path("M238 300 L238 378 C240 418 310 434 400 434 C490 434 560 418 562 378 L562 300"),
        art.own.light,
    )
    art.solid(box(280, 500, 240, 150, 22), depth=16)
    for x in (318, 454):
        art.solid(box(x, 400, 28, 170, 6), depth=7)
        art.solid(box(x - 8, 476, 44, 36, 6), BRASS, depth=4)
        art.flat(box(x + 2, 484, 24, 20, 3), art.own.deep)


def _badge(art: Art) -> None:
    art.solid(oval(400, 548, 56), tones("yellow"), depth=8)
    art.flat(oval(380, 540, 7) + oval(420, 540, 7), (70, 54, 40))
    art.line(path("M376 564 Q400 586 424 564"), (70, 54, 40), 6)
    art.flat(path("M330 618 L470 618 L470 632 L330 632 Z"), (232, 236, 238))


@silhouette("rolltop")
def rolltop(art: Art) -> None:
    """Draw a waterproof roll-top pack with buckles and a reflective stripe."""
    art.ground(400, 680, 380)
    body = path(
        "M244 250 C240 230 252 214 280 214 L520 214 C548 214 560 230 556 250 L584 "
        "620 C586 660 560 680 520 680 L280 680 C240 680 214 660 216 620 Z"
    )
    art.solid(body, depth=36)
    roll = path(
        "M232 170 C232 142 250 132 280 132 L520 132 C550 132 568 142 568 170 L568 "
        "214 C568 240 550 250 520 250 L280 250 C250 250 232 240 232 214 Z"
    )
    art.fold(roll.moved(2, 12), blur=9, opacity=0.5)
    art.solid(roll, depth=20)
    for y in (164, 192, 220):
        art.line(path(f"M238 {y} C330 {y + 8} 470 {y + 8} 562 {y}"), width=2.6, opacity=0.55)
    for x in (282, 490):
        art.solid(box(x, 130, 28, 300, 4), shifted(art.own, NIGHT, 0.45), depth=4)
        art.solid(box(x - 8, 330, 44, 60, 8), tones("black"), depth=6)
    art.flat(path("M226 520 L574 520 L576 546 L224 546 Z"), (230, 234, 236))
    art.line(path("M226 580 C330 592 470 592 574 580"), width=3, opacity=0.5)


@silhouette("trek-pack")
def trek_pack(art: Art) -> None:
    """Draw a trekking pack with lid, compression straps, pockets and a rolled mat."""
    dark = shifted(art.own, NIGHT, 0.35)
    art.ground(400, 690, 380)
    art.solid(smooth("222,440 182,470 180,610 224,650 246,540"), dark, depth=10)
    art.solid(smooth("578,440 618,470 620,610 576,650 554,540"), dark, depth=10)
    art.solid(
        path(
            "M240 230 L560 230 L580 620 C580 664 560 684 520 684 L280 684 C240 684 "
            "220 664 220 620 Z"
        ),
        depth=34,
    )
    art.solid(box(276, 430, 248, 230, 34), depth=18)
    art.line(lines("M300 480 L300 640", "M500 480 L500 640"), dark.deep, 9)
    lid = path(
        "M236 230 C226 150 290 112 400 112 C510 112 574 150 564 230 C560 270 500 282 "
        "400 282 C300 282 240 270 236 230 Z"
    )
    art.fold(lid.moved(2, 14), blur=10, opacity=0.5)
    art.solid(lid, depth=24)
    _zipper(art, "M280 220 C340 236 460 236 520 220")
    for x in (312, 470):
        art.solid(box(x, 250, 20, 170, 3), dark, depth=4)
        art.solid(box(x - 8, 344, 36, 44, 6), tones("black"), depth=5)
    for y in (330, 390):
        art.line(lines(f"M226 {y} L300 {y + 20}", f"M574 {y} L500 {y + 20}"), dark.base, 9)


@silhouette("tote")
def tote(art: Art, *, leather: bool = False, canvas: bool = False) -> None:
    """Draw a tote bag; the canvas one carries a printed kite."""
    art.ground(400, 668, 470)
    handle = "M292 330 C292 130 508 130 508 330"
    _handle(art, handle.replace("130", "110"), 22, shifted(art.own, NIGHT, 0.25))
    body = path(
        "M190 310 L610 310 L584 640 C582 660 570 668 552 668 L248 668 C230 668 218 660 216 640 Z"
    )
    art.solid(body, depth=30)
    with art.within(body):
        art.fold(path("M230 310 C280 420 270 560 250 680 L216 680 L200 310 Z"), opacity=0.3)
        art.fold(path("M560 340 C530 450 540 560 556 680 L600 680 L606 330 Z"), opacity=0.34)
    _handle(art, "M292 420 L292 332 C292 140 508 140 508 332 L508 420", 22)
    for x in (292, 508):
        art.flat(oval(x, 416, 6), BRASS.light if leather or not canvas else art.own.deep)
    art.stitch(path("M202 330 L598 330"), art.own.light if leather else None)
    if canvas:
        _kite(art)
    elif not leather:
        art.line(path("M330 310 L330 470 L470 470 L470 310"), width=3.4, opacity=0.7)
        art.flat(oval(400, 346, 9), METAL.light)


def _kite(art: Art) -> None:
    ink = tones("navy") if art.colour != "navy" else tones("off-white")
    art.flat(path("M400 420 L466 490 L400 580 L334 490 Z"), ink.base)
    art.flat(path("M400 420 L466 490 L400 490 Z"), tones("coral").base)
    art.line(path("M400 580 C420 606 380 620 404 648"), ink.base, 5)
    for x, y in ((412, 604), (390, 628)):
        art.flat(
            path(
                f"M{x} {y} L{x + 16} {y - 8} L{x + 14} {y + 8} Z M{x} {y} L{x - 16} "
                f"{y - 8} L{x - 14} {y + 8} Z"
            ),
            tones("coral").base,
        )


@silhouette("crossbody")
def crossbody(art: Art) -> None:
    """Draw a small crossbody bag with a flap and a thin strap."""
    art.ground(400, 650, 380)
    _handle(art, "M226 420 C180 120 620 120 574 420", 13)
    art.solid(box(216, 380, 368, 270, 44), depth=26)
    flap = path(
        "M216 420 C216 392 234 380 260 380 L540 380 C566 380 584 392 584 420 L584 "
        "500 C570 560 480 572 400 572 C320 572 230 560 216 500 Z"
    )
    art.fold(flap.moved(2, 12), blur=9, opacity=0.5)
    art.solid(flap, depth=20)
    art.stitch(path("M232 500 C246 548 330 556 400 556 C470 556 554 548 568 500"), art.own.light)
    art.solid(oval(400, 560, 24), BRASS, depth=7)
    for x in (226, 574):
        art.solid(oval(x, 418, 13), BRASS, depth=4)


@silhouette("shopper")
def shopper(art: Art) -> None:
    """Draw a light folding shopper with a clip and its folded pouch beside it."""
    art.ground(400, 668, 480)
    body = path(
        "M250 130 C260 260 300 300 400 300 C500 300 540 260 550 130 L612 130 C606 "
        "300 616 470 600 640 C596 660 580 668 560 668 L240 668 C220 668 204 660 200 "
        "640 C184 470 194 300 188 130 Z"
    )
    art.solid(body, depth=26)
    with art.within(body):
        for crease in (
            "M290 310 C270 420 300 520 280 670 L300 670 C320 520 300 420 310 310 Z",
            "M480 310 C510 420 480 520 510 670 L534 670 C504 520 530 420 500 310 Z",
            "M390 320 C400 440 380 520 396 670 L414 670 C404 520 420 440 408 320 Z",
        ):
            art.fold(path(crease), blur=8, opacity=0.4)
    art.stitch(path("M254 150 C270 280 310 316 400 316 C490 316 530 280 546 150"))
    pouch = box(520, 560, 150, 104, 22)
    art.drop(pouch, far=12)
    art.solid(pouch, shifted(art.own, NIGHT, 0.1), depth=12)
    art.line(path("M540 586 L650 586"), art.own.ink, 4)
    art.line(path("M640 560 C640 530 670 530 670 556"), METAL.shade, 6)


@silhouette("rattan-bag")
def rattan_bag(art: Art) -> None:
    """Draw a woven rattan bag with a round handle."""
    art.ground(400, 660, 470)
    _handle(art, "M290 390 C290 170 510 170 510 390", 20, WOOD)
    body = path(
        "M180 380 L620 380 C626 480 610 590 570 640 C540 668 260 668 230 640 C190 "
        "590 174 480 180 380 Z"
    )
    art.solid(body, depth=30)
    with art.within(body):
        for row, y in enumerate(range(398, 670, 22)):
            for x in range(170, 630, 44):
                weave = box(x + row % 2 * 22, y, 38, 18, 9)
                art.flat(weave.moved(1, 3), art.own.ink, opacity=0.35)
                art.flat(weave, mix(art.own.base, WHITE, 0.16 if row % 2 else 0.04))
    art.line(path("M180 384 C300 396 500 396 620 384"), art.own.deep, 14)
    art.line(path("M182 380 C300 392 500 392 618 380"), art.own.light, 6)
