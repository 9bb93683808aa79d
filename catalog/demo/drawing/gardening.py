"""Silhouettes of what one needs to keep plants: can, tools, mister, shears, seeds, gloves."""

from __future__ import annotations

from math import cos, radians, sin

from catalog.demo.drawing.art import CREAM, METAL, WOOD, Art, shifted, silhouette
from catalog.demo.drawing.emblems import emblem
from catalog.demo.drawing.palette import NIGHT, tones
from catalog.demo.drawing.path import box, oval, path, smooth

LEAF = tones("green")


@silhouette("watering-can")
def watering_can(art: Art) -> None:
    """Draw a watering can with a long thin spout."""
    art.ground(470, 668, 330)
    art.line(smooth("560,360 690,330 720,460 640,560 590,580", closed=False), art.own.shade, 26)
    art.line(
        smooth("560,354 686,326 714,460 636,556 590,574", closed=False),
        art.own.light,
        6,
        opacity=0.6,
    )
    spout = path("M350 600 C250 560 190 420 130 240 L166 226 C226 380 270 480 370 520 Z")
    art.solid(spout, depth=12)
    art.solid(path("M112 246 L178 216 L186 236 L122 266 Z"), shifted(art.own, NIGHT, 0.2), depth=5)
    body = path(
        "M336 360 L600 360 L616 640 C616 664 590 668 560 668 L376 668 C346 668 320 664 320 640 Z"
    )
    art.round(body)
    art.solid(oval(468, 360, 132, 30), shifted(art.own, NIGHT, 0.1), depth=6)
    art.flat(oval(452, 362, 96, 19), art.own.ink)
    art.line(path("M330 420 C400 436 540 436 606 420"), width=4, opacity=0.5)
    art.line(path("M370 350 C390 250 560 250 580 350"), tones("gold").base, 14)
    for i in range(3):
        art.flat(oval(112 - i * 4, 300 + i * 52, 7, 12), tones("light-blue").base, opacity=0.85)


@silhouette("hand-tools")
def hand_tools(art: Art) -> None:
    """Draw a trowel, a fork and a narrow transplanter with ash handles."""
    for x, turn, kind in ((230, -12, "trowel"), (400, 0, "fork"), (570, 12, "slim")):
        about = (x, 420)
        head = {
            "trowel": path(
                f"M{x - 66} 420 C{x - 70} 540 {x - 34} 640 {x} 690 C{x + 34} 640 {x + 70} "
                f"540 {x + 66} 420 Z"
            ),
            "slim": path(
                f"M{x - 38} 420 C{x - 40} 560 {x - 20} 650 {x} 690 C{x + 20} 650 {x + 40} "
                f"560 {x + 38} 420 Z"
            ),
        }.get(kind)
        art.line(path(f"M{x} 350 L{x} 430").turned(turn, about), METAL.deep, 20)
        if head:
            art.drop(head.turned(turn, about), far=14)
            art.solid(head.turned(turn, about), METAL, depth=16)
            art.line(path(f"M{x} 440 L{x} 640").turned(turn, about), METAL.deep, 5, opacity=0.5)
            for y in (500, 540, 580):
                mark = path(f"M{x - 20} {y} L{x + 20} {y}").turned(turn, about)
                art.line(mark, METAL.ink, 3, opacity=0.7)
        else:
            art.solid(box(x - 74, 418, 148, 40, 18), METAL, depth=10)
            for dx in (-60, 0, 60):
                tine = path(
                    f"M{x + dx - 13} 440 L{x + dx + 13} 440 L{x + dx + 5} 680 L{x + dx - 5} 680 Z"
                )
                art.drop(tine, far=8)
                art.solid(tine, METAL, depth=6)
        grip = path(
            f"M{x - 22} 360 C{x - 36} 300 {x - 34} 180 {x - 24} 120 C{x - 20} 96 {x + 20} 96 "
            f"{x + 24} 120 C{x + 34} 180 {x + 36} 300 {x + 22} 360 Z"
        ).turned(turn, about)
        art.drop(grip, far=12)
        art.solid(grip, WOOD, depth=16)
        art.solid(box(x - 24, 340, 48, 34, 8).turned(turn, about), METAL, depth=6)
        art.line(
            path(f"M{x} 120 C{x - 30} 60 {x + 30} 60 {x} 120").turned(turn, about),
            tones("brown").base,
            6,
        )


@silhouette("mister")
def mister(art: Art) -> None:
    """Draw an amber glass mister with a brass pump and a breath of fog."""
    brass = tones("gold")
    art.ground(430, 676, 280)
    for x, y, r in ((150, 210, 40), (200, 180, 30), (110, 250, 28), (176, 264, 26), (90, 190, 24)):
        art.flat(oval(x, y, r), (255, 255, 255), opacity=0.35, blur=14)
    for i in range(26):
        x = 70 + (i * 37) % 190
        art.flat(oval(x, 160 + (i * 23) % 130, 3.5), (255, 255, 255), opacity=0.8)
    body = path(
        "M380 330 L480 330 C560 380 580 440 580 500 L580 630 C580 664 560 676 520 676 L340 "
        "676 C300 676 280 664 280 630 L280 500 C280 440 300 380 380 330 Z"
    )
    art.round(body, gloss=0.7)
    water = box(290, 500, 280, 168, 30)
    art.flat(water, art.own.ink, opacity=0.4)
    art.line(path("M430 340 L430 650"), art.own.ink, 7, opacity=0.6)
    art.round(box(374, 280, 112, 58, 10), brass)
    art.solid(
        path("M280 206 L500 190 C540 190 556 220 540 250 L400 262 L280 246 Z"), brass, depth=14
    )
    art.flat(oval(284, 226, 9, 18), brass.ink)
    art.line(smooth("520,256 560,320 548,380", closed=False), brass.shade, 14)
    art.round(box(404, 246, 52, 44, 6), brass)


@silhouette("shears")
def shears(art: Art) -> None:
    """Draw bypass shears, half open, beside a cut sprig."""
    about = (400, 330)
    lower = path(
        "M384 340 C430 460 470 560 540 690 C560 700 584 690 580 666 C540 560 480 440 424 318 Z"
    )
    upper = lower.mirrored()
    hook = path("M372 344 C340 290 330 220 356 150 C362 220 384 270 424 320 Z")
    blade = path("M424 346 C470 280 480 190 440 100 C424 190 410 250 380 316 Z")
    for shape, hue in (
        (lower, art.own),
        (hook, shifted(METAL, NIGHT, 0.2)),
        (upper, art.own),
        (blade, METAL),
    ):
        art.drop(shape, far=16)
        art.solid(shape, hue, depth=16)
    art.line(path("M438 130 C440 220 430 270 400 330"), METAL.light, 5)
    for lever in (lower, upper):
        art.shine(lever.scaled(0.4, 0.7, about=(400, 600)), opacity=0.14, blur=8)
    art.line(smooth("350,480 400,510 450,480", closed=False), METAL.deep, 9)
    art.solid(oval(*about, 34), METAL, depth=10)
    art.flat(oval(*about, 13), METAL.ink)
    art.line(path("M160 250 C200 330 200 420 180 520"), LEAF.deep, 9)
    for x, y, turn in ((176, 300, -60), (200, 360, 60), (190, 420, -64), (164, 250, 0)):
        leaf = oval(x, y - 36, 22, 40).turned(turn, (x, y))
        art.solid(leaf, LEAF, depth=8)


@silhouette("seed-packets")
def seed_packets(art: Art) -> None:
    """Draw a fan of six seed packets, each with its vegetable in a few strokes."""
    hues = ("purple", "teal", "coral", "mustard", "green", "orange")
    signs = ("flower", "leaf", "strawberry", "daisy", "leaf", "orange")
    for i, (hue, sign) in enumerate(zip(hues, signs, strict=True)):
        turn, about = -32.5 + i * 13, (400, 760)
        packet = box(300, 190, 200, 280, 8).turned(turn, about)
        art.drop(packet, far=14)
        art.solid(packet, tones(hue), depth=14)
        art.flat(box(316, 236, 168, 150, 84).turned(turn, about), CREAM.light)
        a = radians(turn - 90)
        x, y = 400 + 449 * cos(a), 760 + 449 * sin(a)
        emblem(art, sign, x, y, 0.82)
        art.flat(box(330, 410, 140, 12, 6).turned(turn, about), CREAM.light)
        art.flat(box(352, 434, 96, 9, 4).turned(turn, about), CREAM.light, opacity=0.7)
    for i in range(14):
        x, y = 250 + (i * 71) % 300, 600 + (i * 29) % 70
        art.flat(oval(x, y + 3, 11, 7).turned(i * 40, (x, y)), NIGHT, opacity=0.2, blur=2)
        art.flat(
            oval(x, y, 11, 7).turned(i * 40, (x, y)), tones(("brown", "camel", "beige")[i % 3]).base
        )


@silhouette("garden-gloves")
def garden_gloves(art: Art) -> None:
    """Draw a pair of gloves: printed cotton backs, rubber fingertips, ribbed cuffs."""
    hand = path(
        "M300 640 L300 500 C250 460 214 400 196 350 C190 324 226 308 244 332 L300 410 L292 "
        "220 C292 190 334 190 338 220 L346 370 L352 180 C354 150 396 150 398 180 L400 370 L420 "
        "200 C424 172 464 178 462 208 L450 390 L478 262 C486 236 522 246 518 274 C506 370 500 "
        "430 480 500 L480 640 Z"
    )
    for glove, turn, dx in ((hand.mirrored(), 14, 120), (hand, -10, -90)):
        placed = glove.scaled(0.86, about=(400, 420)).moved(dx, 20).turned(turn, (400 + dx, 440))
        art.drop(placed, far=18)
        art.solid(placed, depth=22)
        with art.within(placed):
            for i in range(22):
                x, y = 150 + (i * 113) % 560, 330 + (i * 71) % 280
                for step in range(5):
                    petal = oval(x, y - 11, 7, 9).turned(step * 72, (x, y))
                    art.flat(petal, CREAM.light, opacity=0.9)
                art.flat(oval(x, y, 5), tones("yellow").base)
            art.flat(box(60, 120, 700, 200), shifted(art.own, NIGHT, 0.42).base)
        left, _, right, bottom = placed.bounds()
        middle = (left + right) / 2 - (30 if dx > 0 else -30)
        cuff = box(middle - 88, bottom - 80, 176, 86, 18)
        art.solid(cuff, shifted(art.own, NIGHT, 0.3), depth=10)
        for i in range(9):
            art.line(
                path(f"M{middle - 72 + i * 18} {bottom - 72} L{middle - 72 + i * 18} {bottom - 4}"),
                shifted(art.own, NIGHT, 0.55).base,
                3,
                opacity=0.5,
            )
