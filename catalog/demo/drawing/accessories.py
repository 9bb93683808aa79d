"""Silhouettes of what is worn besides clothes: socks, scarf, beanie, cap, neckerchief, belt."""

from __future__ import annotations

from catalog.demo.drawing.art import CREAM, Art, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, mix, tones
from catalog.demo.drawing.path import box, oval, path, smooth

BRASS = tones("gold")


@silhouette("socks")
def socks(art: Art) -> None:
    """Draw a fan of crew socks with ribbed cuffs, heel and toe in another shade."""
    art.ground(420, 690, 420)
    sock = path(
        "M300 130 L430 130 L436 440 C440 500 480 520 550 540 C620 560 630 640 560 656 C480 670 "
        "400 660 350 620 C310 590 296 540 300 480 Z"
    )
    for turn, dx, back in ((12, 40, True), (4, 0, False), (-6, -60, False)):
        about = (400 + dx, 400)
        one = sock.moved(dx, 0).turned(turn, about)
        hue = shifted(art.own, NIGHT, 0.1) if back else art.own
        art.drop(one, far=14)
        art.solid(one, hue, depth=26)
        with art.within(one):
            toe = oval(584 + dx, 600, 74, 90).turned(turn, about)
            heel = (
                oval(330 + dx, 600, 92, 70).turned(turn + 30, (330 + dx, 600)).turned(turn, about)
            )
            dim = mix(hue.base, tones("mustard").base, 0.75)
            art.flat(toe, dim)
            art.flat(heel, dim)
            for i in range(13):
                x = 300 + dx + i * 11
                art.line(path(f"M{x} 128 L{x} 226").turned(turn, about), hue.deep, 4, opacity=0.3)
            for y in (240, 258):
                art.line(path(f"M{280 + dx} {y} L{460 + dx} {y}").turned(turn, about), dim, 7)


@silhouette("scarf")
def scarf(art: Art) -> None:
    """Draw a scarf folded over a rail, its fringes hanging."""
    art.round(box(110, 128, 580, 26, 13), tones("natural"))
    for x, width, low, hue in (
        (420, 190, 560, shifted(art.own, NIGHT, 0.14)),
        (230, 210, 610, art.own),
    ):
        cloth = path(
            f"M{x} 120 L{x + width} 120 C{x + width + 10} 300 {x + width - 6} 460 "
            f"{x + width + 4} {low} "
            f"L{x - 6} {low} C{x + 8} 440 {x - 8} 300 {x} 120 Z"
        )
        art.drop(cloth, far=20)
        art.solid(cloth, hue, depth=24)
        with art.within(cloth):
            for i in range(1, 5):
                fold = smooth(
                    f"{x + i * width / 5},110 {x + i * width / 5 + 14},300 "
                    f"{x + i * width / 5 - 10},480 "
                    f"{x + i * width / 5},{low}",
                    closed=False,
                )
                art.line(fold, hue.deep, 12, opacity=0.16)
            for y in range(150, low, 13):
                art.line(
                    path(f"M{x - 20} {y} L{x + width + 20} {y + 4}"), hue.light, 2, opacity=0.16
                )
        for i in range(int(width // 14)):
            fx = x + 4 + i * 14
            strand = smooth(
                f"{fx},{low - 4} {fx + (i % 3 - 1) * 5},{low + 34} {fx + (i % 2) * 6},{low + 70}",
                closed=False,
            )
            art.line(strand, hue.shade, 7)
            art.line(strand, hue.light, 2, opacity=0.5)


@silhouette("beanie")
def beanie(art: Art) -> None:
    """Draw a ribbed beanie with a turned-up cuff."""
    art.ground(400, 640, 470)
    crown = path("M196 470 C190 270 280 160 400 160 C520 160 610 270 604 470 Z")
    art.solid(crown, depth=46)
    with art.within(crown):
        for i in range(-7, 8):
            x = 400 + i * 30
            rib = smooth(f"{400 + i * 5},160 {400 + i * 22},260 {x},480", closed=False)
            art.line(rib, art.own.deep, 11, opacity=0.34)
            art.line(rib.moved(-7, 0), art.own.light, 5, opacity=0.3)
    cuff = path("M176 440 C250 470 550 470 624 440 L630 600 C560 640 240 640 170 600 Z")
    art.drop(cuff, far=10)
    art.solid(cuff, depth=26)
    with art.within(cuff):
        for i in range(24):
            x = 176 + i * 20
            art.line(path(f"M{x} 430 L{x} 650"), art.own.deep, 9, opacity=0.3)
            art.line(path(f"M{x - 6} 430 L{x - 6} 650"), art.own.light, 4, opacity=0.3)
    tag = box(452, 520, 84, 54, 6)
    art.solid(tag, tones("camel"), depth=6)
    art.stitch(tag.scaled(0.84, 0.78, about=(494, 547)), tones("brown").base, width=2)


@silhouette("cap")
def cap(art: Art) -> None:
    """Draw a canvas cap from the side and front, stitched, with a curved brim."""
    art.ground(430, 590, 500)
    crown = path(
        "M200 520 C180 330 280 220 410 216 C540 214 610 320 606 500 C480 470 320 480 200 520 Z"
    )
    art.solid(crown, depth=40)
    for seam in ("M410 216 C330 280 300 390 302 492", "M410 216 C470 290 496 390 494 480"):
        art.line(path(seam), width=4, opacity=0.5)
        art.stitch(path(seam).moved(9, 0))
        art.stitch(path(seam).moved(-9, 0))
    for x, y in ((350, 330), (460, 330), (246, 380)):
        art.solid(oval(x, y, 10), shifted(art.own, NIGHT, 0.2), depth=3)
        art.flat(oval(x, y, 4.5), art.own.ink)
    art.solid(oval(410, 216, 20, 12), shifted(art.own, NIGHT, 0.1), depth=5)
    brim = path(
        "M300 488 C420 452 560 458 612 490 C690 520 740 560 730 586 C640 570 420 560 250 590 "
        "C230 560 "
        "256 506 300 488 Z"
    )
    art.drop(brim, far=14)
    art.solid(brim, shifted(art.own, NIGHT, 0.06), depth=22)
    for i in range(4):
        art.stitch(
            path(
                f"M{286 + i * 8} {560 - i * 18} C430 {534 - i * 18} 600 {538 - i * 16} "
                f"{706 - i * 22} {570 - i * 16}"
            )
        )


@silhouette("neckerchief")
def neckerchief(art: Art) -> None:
    """Draw a silk square, one corner folded over, with a lotus bud in ink."""
    cloth = path(
        "M140 230 C260 200 500 210 640 180 C656 320 640 500 668 640 C520 664 300 650 150 676 "
        "C160 520 "
        "126 380 140 230 Z"
    )
    art.drop(cloth, far=24)
    art.solid(cloth, depth=26)
    art.canvas.stroke(cloth.scaled(0.93, about=(404, 430)), tones("teal").base, 7, closed=True)
    ink = mix(NIGHT, art.own.base, 0.25)
    with art.within(cloth):
        art.line(smooth("300,690 330,560 380,470 420,370", closed=False), ink, 7, opacity=0.75)
        art.flat(smooth("180,560 300,500 420,560 330,610 220,610"), ink, opacity=0.5, blur=7)
        art.flat(smooth("220,570 300,530 370,566 300,590"), ink, opacity=0.5, blur=12)
        for turn, hue, opacity in (
            (-22, "dusty-pink", 0.8),
            (20, "dusty-pink", 0.8),
            (0, "pink", 0.95),
        ):
            petal = path("M420 370 C366 340 372 260 420 216 C468 260 474 340 420 370 Z").turned(
                turn, (420, 370)
            )
            art.flat(petal, tones(hue).base, opacity=opacity, blur=1.5)
            art.line(
                path("M420 366 L420 236").turned(turn, (420, 370)),
                tones("burgundy").base,
                2,
                opacity=0.5,
            )
        art.flat(box(548, 560, 34, 44, 4), tones("red").base, opacity=0.85)
    fold = path(
        "M668 640 C600 650 540 652 500 654 C540 590 600 540 656 520 C658 560 662 600 668 640 Z"
    )
    art.drop(fold, far=8)
    art.solid(fold, shifted(art.own, tones("teal").base, 0.12), depth=14)
    for crease in ("M160 300 C300 330 480 300 640 330", "M170 460 C320 430 500 470 650 440"):
        art.line(path(crease), WHITE, 8, opacity=0.4)


@silhouette("belt")
def belt(art: Art) -> None:
    """Draw a rolled leather belt with a brass buckle."""
    art.ground(380, 636, 480)
    for r, tall in ((228, 150), (176, 112), (126, 78)):
        outer = path(
            f"M{380 - r} 400 C{380 - r} {400 + r * 0.56} {380 + r} {400 + r * 0.56} {380 + r} "
            f"400 L{380 + r} "
            f"{400 + tall} C{380 + r} {400 + tall + r * 0.56} {380 - r} "
            f"{400 + tall + r * 0.56} {380 - r} {400 + tall} Z"
        )
        if r == 228:
            art.solid(outer, depth=30)
            art.stitch(path("M156 420 C156 540 604 540 604 420"), art.own.light)
            art.stitch(path("M156 536 C156 664 604 664 604 536"), art.own.light)
        art.flat(oval(380, 400, r, r * 0.42), art.own.light)
        art.flat(oval(380, 400, r - 15, r * 0.42 - 9), art.own.ink if r == 126 else art.own.deep)
    strap = path("M590 420 C640 430 690 420 724 390 L736 500 C700 540 640 560 590 552 Z")
    art.drop(strap, far=12)
    art.solid(strap, depth=18)
    frame = box(560, 396, 116, 176, 26).turned(-6, (618, 484))
    art.canvas.stroke(frame.moved(5, 10), NIGHT, 22, opacity=0.2, closed=True)
    art.canvas.stroke(frame, BRASS.deep, 24, closed=True)
    art.canvas.stroke(frame.moved(-2, -3), BRASS.base, 15, closed=True)
    art.canvas.stroke(frame.moved(-4, -5), CREAM.light, 4, closed=True)
    art.line(path("M566 486 L690 470"), BRASS.shade, 15)
    art.line(path("M566 483 L690 467"), BRASS.light, 5)
