"""Silhouettes of skin care, make-up and personal care."""

from __future__ import annotations

from catalog.demo.drawing.art import (
    CREAM,
    GLASS,
    METAL,
    RUBBER,
    WOOD,
    Art,
    lines,
    shifted,
    silhouette,
)
from catalog.demo.drawing.palette import NIGHT, WHITE, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth


@silhouette("tube")
def tube(art: Art) -> None:
    """Draw a squeeze tube with a cap in the accent colour."""
    art.ground(400, 662, 250)
    body = path(
        "M290 250 C300 210 500 210 510 250 L484 540 C482 556 470 566 450 566 L350 "
        "566 C330 566 318 556 316 540 Z"
    )
    hue = CREAM if art.own.base[0] > 240 else art.own
    art.round(body, hue)
    with art.within(body):
        art.flat(path("M280 228 L520 228 L520 250 L280 250 Z"), hue.deep, opacity=0.55)
    art.solid(box(334, 566, 132, 96, 18), art.accent, depth=14)
    art.flat(oval(400, 400, 72, 92), art.accent.base, opacity=0.85)
    art.line(
        lines("M360 380 L440 380", "M360 404 L440 404", "M372 428 L428 428"), WHITE, 5, opacity=0.9
    )
    art.shine(path("M312 260 L324 254 L334 520 L322 526 Z"), opacity=0.7, blur=3)


@silhouette("pump-bottle")
def pump_bottle(art: Art) -> None:
    """Draw a pump bottle with a label."""
    art.ground(400, 668, 260)
    art.line(path("M400 232 L400 160 L330 150"), art.accent.shade, 16)
    art.solid(path("M344 250 L456 250 L470 300 L330 300 Z"), art.accent, depth=10)
    art.solid(box(300, 136, 120, 40, 20), art.accent, depth=10)
    art.round(
        path(
            "M298 300 C270 320 262 350 262 384 L262 640 C262 660 276 668 300 668 "
            "L500 668 C524 668 538 660 538 640 L538 384 C538 350 530 320 502 300 Z"
        ),
        CREAM,
    )
    art.flat(box(292, 410, 216, 190, 14), art.accent.base, opacity=0.9)
    art.line(lines("M320 452 L480 452", "M320 490 L440 490", "M320 528 L470 528"), WHITE, 7)
    art.shine(path("M282 400 L296 392 L296 630 L282 634 Z"), opacity=0.5, blur=3)


@silhouette("dropper")
def dropper(art: Art) -> None:
    """Draw a brown glass dropper bottle."""
    amber = tones("amber")
    art.ground(400, 660, 240)
    art.solid(box(334, 130, 132, 130, 20), RUBBER, depth=16)
    art.solid(box(346, 250, 108, 26, 6), METAL, depth=5)
    bottle = path(
        "M340 274 L460 274 C520 300 548 370 548 440 L548 610 C548 640 526 660 496 "
        "660 L304 660 C274 660 252 640 252 610 L252 440 C252 370 280 300 340 274 Z"
    )
    art.solid(bottle, shifted(amber, NIGHT, 0.08), depth=30)
    with art.within(bottle):
        art.flat(box(300, 300, 12, 330, 5), mix(amber.light, WHITE, 0.6), opacity=0.7, blur=2)
        art.flat(
            path("M500 420 C470 480 480 560 500 640 L560 640 L560 420 Z"),
            NIGHT,
            opacity=0.24,
            blur=12,
        )
    art.solid(box(296, 420, 208, 168, 16), CREAM, depth=10)
    art.line(
        lines("M320 458 L480 458", "M320 494 L460 494", "M320 530 L440 530"),
        mix(amber.base, NIGHT, 0.25),
        6,
    )
    art.flat(oval(400, 560, 11), tones("orange").base)


@silhouette("lipstick")
def lipstick(art: Art) -> None:
    """Draw an open lipstick with a slanted tip."""
    art.ground(400, 672, 180)
    art.round(box(330, 420, 140, 252, 20), METAL, gloss=0.8)
    art.round(box(336, 336, 128, 96, 14), shifted(METAL, NIGHT, 0.1))
    art.solid(path("M344 344 C346 250 362 190 400 180 C438 190 454 250 456 344 Z"), depth=20)
    art.flat(
        path("M346 344 C350 280 368 210 400 190 C386 240 380 300 378 344 Z"),
        art.own.light,
        opacity=0.85,
    )
    art.flat(box(330, 500, 140, 26), mix(METAL.shade, art.own.base, 0.5))
    cap = box(520, 460, 110, 212, 26)
    art.drop(cap, far=10)
    art.round(cap, METAL, gloss=0.8)


@silhouette("cushion")
def cushion(art: Art) -> None:
    """Draw a foundation compact, open, with its puff."""
    art.ground(370, 620, 420)
    art.solid(oval(370, 300, 210, 170), METAL, depth=20)
    art.solid(oval(370, 300, 190, 152), shifted(GLASS, WHITE, 0.3), depth=12)
    art.shine(smooth("250,230 330,186 370,190 300,240 262,300"), opacity=0.9, blur=4)
    art.solid(oval(370, 520, 210, 100), METAL, depth=16)
    art.solid(oval(370, 512, 186, 82), shifted(art.own, WHITE, 0.15), depth=18)
    art.solid(oval(370, 506, 130, 56), art.own, depth=26)
    puff = oval(600, 590, 76, 52)
    art.drop(puff, far=14)
    art.solid(puff, shifted(art.own, WHITE, 0.3), depth=22)
    art.line(path("M536 590 C560 566 640 566 664 590"), art.own.deep, 3, opacity=0.5)


@silhouette("mascara")
def mascara(art: Art) -> None:
    """Draw a mascara tube with its brush drawn beside it."""
    art.ground(450, 672, 150)
    art.round(box(412, 232, 80, 440, 30), METAL, gloss=0.9)
    art.round(box(416, 410, 72, 252, 28), RUBBER)
    wand = lines("M290 200 L340 560").moved(0, 30)
    art.line(wand, RUBBER.base, 9)
    art.solid(box(258, 560, 90, 120, 30).turned(-8, (303, 620)), RUBBER, depth=14)
    for i in range(16):
        y = 250 + i * 16
        art.line(path(f"M{302 + i * 2.4} {y} L{340 + i * 2.4} {y + 12}"), RUBBER.deep, 4)
        art.line(path(f"M{302 + i * 2.4} {y} L{266 + i * 2.4} {y + 14}"), RUBBER.deep, 4)


@silhouette("palette")
def palette(art: Art) -> None:
    """Draw an open eyeshadow palette of nine shades with a mirror."""
    lid = path("M180 380 L250 160 L620 160 L650 380 Z")
    art.drop(lid, far=18)
    art.solid(lid, shifted(RUBBER, WHITE, 0.08), depth=12)
    art.solid(path("M232 360 L282 196 L590 196 L606 360 Z"), shifted(GLASS, WHITE, 0.25), depth=8)
    art.shine(path("M300 210 L360 210 L310 350 L268 350 Z"), opacity=0.7, blur=2)
    base = box(160, 380, 500, 260, 20)
    art.drop(base, far=18)
    art.solid(base, RUBBER, depth=18)
    names = ("beige", "peach", "rust", "coral", "brown", "camel", "gold", "dusty-pink", "burgundy")
    for i, name in enumerate(names):
        x, y = 194 + i % 3 * 156, 404 + i // 3 * 76
        pan = box(x, y, 140, 64, 10)
        art.solid(pan, tones(name), depth=9)
        if name in ("gold", "beige"):
            dots = Path(
                tuple(
                    oval(x + 10 + k * 37 % 120, y + 8 + k * 23 % 48, 3).rings[0] for k in range(18)
                )
            )
            art.flat(dots, WHITE, opacity=0.7)


@silhouette("balm-trio")
def balm_trio(art: Art) -> None:
    """Draw three paper balm tubes tied with string."""
    art.ground(400, 666, 460)
    for x, hue in ((250, "pink"), (400, "peach"), (550, "burgundy")):
        art.round(box(x - 66, 300, 132, 366, 26), shifted(tones(hue), WHITE, 0.25))
        art.solid(box(x - 70, 208, 140, 96, 20), tones(hue), depth=14)
    cord = path("M186 496 C300 470 500 470 614 496")
    art.line(cord, mix(WOOD.base, WHITE, 0.2), 10)
    art.line(path("M386 476 L402 540 L360 590 M402 540 L440 596"), mix(WOOD.base, WHITE, 0.2), 9)
    art.flat(oval(250, 470, 22) + oval(400, 470, 22) + oval(550, 470, 22), WHITE, opacity=0.85)


@silhouette("toothbrush")
def toothbrush(art: Art) -> None:
    """Draw an electric toothbrush with a spare head."""
    art.ground(400, 690, 190)
    art.round(
        path(
            "M318 280 C340 240 460 240 482 280 L464 650 C458 690 432 690 400 690 "
            "C368 690 342 690 336 650 Z"
        )
    )
    art.round(box(346, 148, 108, 118, 26), shifted(art.own, WHITE, 0.18))
    art.solid(path("M362 180 C362 120 438 120 438 180 L430 232 L370 232 Z"), depth=10)
    art.flat(box(366, 124, 68, 44, 18), WHITE)
    for i in range(5):
        art.line(path(f"M{370 + i * 15} 122 L{374 + i * 13} 92"), (238, 240, 242), 7)
    for i, y in enumerate((380, 430)):
        art.flat(
            oval(400, y, 11), tones("turquoise").light if i == 0 else art.own.deep, opacity=0.9
        )
    art.solid(
        box(392, 460, 16, 60, 8), shifted(art.own, NIGHT, 0.3) if not art.pale else METAL, depth=3
    )
    head = box(560, 520, 66, 130, 26)
    art.drop(head, far=12)
    art.solid(head, CREAM, depth=14)
    art.flat(box(572, 512, 42, 32, 12), WHITE)


@silhouette("soap-bar")
def soap_bar(art: Art) -> None:
    """Draw a shampoo bar on its paper, with a leaf pressed in and some lather."""
    art.ground(400, 600, 520)
    wrap = path("M150 470 L640 430 L690 610 L120 640 Z")
    art.solid(wrap, CREAM, depth=12)
    side = path(
        "M190 440 L610 440 L610 540 C610 580 580 596 540 596 L260 596 C220 596 190 580 190 540 Z"
    )
    art.solid(side, shifted(art.own, NIGHT, 0.1), depth=26)
    top = box(190, 330, 420, 200, 80)
    art.solid(top, shifted(art.own, WHITE, 0.12), depth=24)
    leaf = path("M290 450 C320 370 420 360 510 396 C480 470 370 500 290 450 Z")
    art.flat(leaf.moved(3, 4), art.own.light, opacity=0.8)
    art.flat(leaf, art.own.shade)
    art.line(path("M296 448 C370 440 440 420 506 398"), art.own.deep, 4)
    for x, y, r in ((210, 330, 40), (254, 296, 30), (300, 318, 22), (566, 340, 26), (600, 372, 16)):
        bubble = oval(x, y, r)
        art.flat(bubble, WHITE, opacity=0.75)
        art.canvas.light(bubble, WHITE, art.own.shade, depth=7)


@silhouette("razor")
def razor(art: Art) -> None:
    """Draw a brass safety razor."""
    art.drop(box(368, 250, 64, 430, 30), far=16)
    art.round(box(364, 250, 72, 430, 34), tones("gold"))
    for y in range(300, 660, 16):
        art.line(
            path(f"M366 {y} L434 {y + 6}"), mix(tones("gold").deep, NIGHT, 0.2), 3, opacity=0.6
        )
    head = path("M290 190 C340 170 460 170 510 190 L500 260 C450 246 350 246 300 260 Z")
    art.solid(head, tones("gold"), depth=20)
    art.flat(
        path("M300 244 C350 232 450 232 500 244 L500 258 C450 248 350 248 300 258 Z"),
        (226, 230, 234),
    )
    art.shine(box(384, 270, 10, 360, 5), opacity=0.6, blur=4)


@silhouette("eye-mask")
def eye_mask(art: Art) -> None:
    """Draw a heated eye mask with a cable and its band."""
    art.ground(400, 560, 480)
    band = path("M150 320 C60 360 60 480 160 500 L180 460 C120 440 120 380 172 356 Z")
    art.solid(band, depth=12)
    art.solid(band.mirrored(), depth=12)
    mask = smooth(
        "180,330 300,290 500,290 620,330 650,400 620,500 500,540 420,520 400,492 "
        "380,520 300,540 180,500 150,400"
    )
    art.solid(mask, depth=34)
    art.line(path("M300 360 C360 342 440 342 500 360"), art.own.light, 6, opacity=0.7)
    cord = path("M620 470 C700 480 690 580 620 600")
    art.line(cord, RUBBER.base, 7)
    art.solid(box(560, 584, 90, 44, 14), METAL, depth=8)
    art.flat(box(580, 598, 24, 16, 6), tones("orange").base)


@silhouette("hair-dryer")
def hair_dryer(art: Art) -> None:
    """Draw a hair dryer with a round nozzle."""
    art.ground(430, 670, 220)
    art.solid(
        path("M520 310 C560 310 590 340 590 384 C590 430 560 460 520 460 L320 440 L300 330 Z"),
        shifted(art.own, NIGHT, 0.12),
        depth=20,
    )
    art.solid(
        path(
            "M290 340 C290 300 320 270 360 262 L420 256 L420 444 L350 438 C310 420 "
            "290 390 290 340 Z"
        ),
        art.own,
        depth=26,
    )
    art.solid(
        path("M420 440 L520 440 L500 600 C498 640 470 664 430 664 C390 664 370 640 376 600 Z"),
        art.own,
        depth=24,
    )
    art.flat(oval(300, 350, 36, 100), art.own.ink)
    art.flat(oval(300, 350, 20, 72), tones("gold").base)
    art.flat(
        box(470, 500, 34, 80, 14), art.accent.base if art.accent is not art.own else METAL.base
    )
    art.line(path("M440 664 C430 700 380 700 360 740"), RUBBER.base, 13)
