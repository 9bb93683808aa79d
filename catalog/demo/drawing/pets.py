"""Silhouettes of things for cats and dogs."""

from __future__ import annotations

from math import cos, sin, sqrt

from catalog.demo.drawing.art import CREAM, GLASS, METAL, WOOD, Art, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, Colour, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

CARD = tones("camel")


@silhouette("cat-bowl")
def cat_bowl(art: Art) -> None:
    """Draw a tilted ceramic bowl with kibble, on a bamboo stand."""
    art.ground(400, 640, 440)
    art.solid(path("M216 560 L584 500 L600 640 L200 640 Z"), WOOD, depth=14)
    lean, middle = -9, (400, 440)
    bowl = path(
        "M150 420 L650 420 C640 540 560 590 480 596 L320 596 C240 590 160 540 150 420 Z"
    ).turned(lean, middle)
    art.solid(bowl, depth=44)
    art.solid(oval(400, 420, 250, 72).turned(lean, middle), depth=10)
    hollow = oval(400, 424, 224, 58).turned(lean, middle)
    art.flat(hollow, art.own.deep)
    with art.within(hollow):
        for i in range(110):
            x, y = (
                400 + 230 * sqrt(i / 110) * cos(i * 2.4),
                436 + 58 * sqrt(i / 110) * sin(i * 2.4),
            )
            bit = tones("coffee" if i % 3 else "brown")
            art.flat(oval(x, y + 3, 19, 13), bit.deep)
            art.flat(oval(x, y, 18, 12), bit.light if i % 2 else bit.base)
    for x in (-46, 0, 46):
        art.flat(
            oval(400 + x, 500 - abs(x) * 0.2, 13, 17).turned(lean, middle),
            art.own.deep,
            opacity=0.5,
        )
    art.flat(oval(400, 540, 36, 28).turned(lean, middle), art.own.deep, opacity=0.5)


@silhouette("fountain")
def fountain(art: Art) -> None:
    """Draw a pet water fountain: a round tank, a basin, a bubbling spring."""
    water = tones("light-blue")
    art.ground(400, 676, 420)
    art.round(
        path(
            "M206 420 L594 420 L580 640 C576 668 550 676 520 676 L280 676 C250 676 "
            "224 668 220 640 Z"
        ),
        gloss=0.3,
    )
    window = box(268, 520, 60, 120, 26)
    art.flat(window, mix(art.own.deep, NIGHT, 0.1))
    with art.within(window):
        art.flat(box(260, 566, 90, 100), water.base)
    art.solid(oval(400, 418, 206, 66), depth=14)
    basin = oval(400, 420, 178, 52)
    art.flat(basin, water.shade)
    art.canvas.light(basin, water.deep, WHITE, depth=14)
    for r in (140, 100, 62):
        art.line(oval(400, 424, r, r * 0.27), WHITE, 3.4, opacity=0.7)
    spring = path(
        "M360 424 C366 340 380 306 400 306 C420 306 434 340 440 424 C430 440 370 440 360 424 Z"
    )
    art.flat(spring, water.light, opacity=0.9)
    art.canvas.light(spring, WHITE, water.deep, depth=12)
    art.flat(oval(346, 350, 8, 11) + oval(456, 340, 7, 10) + oval(430, 290, 6, 8), water.light)
    art.flat(oval(500, 580, 8), tones("green").light)


@silhouette("hammock")
def hammock(art: Art) -> None:
    """Draw a window hammock on suction cups, a cat asleep in it and its tail hanging out."""
    frame = box(110, 100, 580, 600, 14)
    art.drop(frame, far=14)
    art.solid(frame, tones("white"), depth=12)
    pane = box(142, 132, 516, 536, 6)
    art.canvas.fade(pane, tones("light-blue").light, mix(tones("light-blue").base, WHITE, 0.5))
    with art.within(pane):
        art.flat(
            smooth("100,640 240,560 400,610 560,550 700,620 700,720 100,720"), tones("mint").base
        )
        art.flat(path("M200 120 L330 120 L180 680 L60 680 Z"), WHITE, opacity=0.28)
    for x, low in ((206, 356), (594, 356)):
        art.line(path(f"M{x} 206 L{x - 10 if x < 400 else x + 10} {low}"), METAL.deep, 8)
        art.solid(oval(x, 200, 36), GLASS, depth=12)
        art.solid(oval(x, 200, 15), shifted(METAL, NIGHT, 0.2), depth=5)
    fur = tones("orange")
    art.line(smooth("556,420 640,440 652,540 616,590", closed=False), fur.base, 30)
    cat = smooth("240,420 290,330 400,300 520,330 580,420 540,500 400,520 270,490")
    art.solid(cat, fur, depth=34)
    for x in (390, 440, 490):
        art.line(
            smooth(f"{x},312 {x + 12},350 {x + 6},386", closed=False), fur.deep, 13, opacity=0.5
        )
    head = smooth("196,420 206,352 262,328 320,352 334,420 300,462 230,462")
    ears = path("M206 372 L196 304 L256 336 Z M324 372 L334 304 L274 336 Z")
    art.solid(ears, fur, depth=6)
    art.solid(head, fur, depth=18)
    art.line(path("M224 404 Q238 418 252 404 M280 404 Q294 418 308 404"), fur.ink, 5)
    art.flat(path("M258 424 L274 424 L266 434 Z"), tones("dusty-pink").base)
    art.line(path("M266 434 Q258 444 250 438 M266 434 Q274 444 282 438"), fur.ink, 3)
    cloth = path(
        "M160 400 C260 470 540 470 640 400 C636 540 560 606 400 606 C240 606 164 540 160 400 Z"
    )
    art.drop(cloth, far=18)
    art.solid(cloth, depth=30)
    art.stitch(path("M176 424 C276 490 524 490 624 424"), art.own.light)
    art.fold(path("M250 500 C330 560 470 560 550 500 C470 530 330 530 250 500 Z"), blur=10)
    art.solid(smooth("236,452 262,430 296,440 300,470 268,484 240,474"), fur, depth=8)


@silhouette("scratcher")
def scratcher(art: Art) -> None:
    """Draw a lounge of corrugated cardboard: a wave cut from many layers, crumbs about it."""
    art.ground(400, 640, 620)
    side = path(
        "M90 360 C110 300 180 300 220 350 C290 440 510 440 580 350 C620 300 690 300 710 360 "
        "L710 600 "
        "C710 630 690 640 660 640 L140 640 C110 640 90 630 90 600 Z"
    )
    back = side.moved(26, -46)
    art.solid(back, shifted(CARD, NIGHT, 0.14), depth=20)
    art.solid(side, CARD, depth=26)
    with art.within(side):
        for i in range(22):
            y = 330 + i * 15
            wave = [(80 + j * 10, y + (5 if j % 2 else -5)) for j in range(66)]
            art.line(Path((tuple(wave),)), CARD.deep, 2.6, opacity=0.4)
            art.line(path(f"M80 {y + 8} L720 {y + 8}"), CARD.light, 2.4, opacity=0.6)
    top = path(
        "M90 360 C110 300 180 300 220 350 C290 440 510 440 580 350 C620 300 690 300 710 360 "
        "L736 314 C716 "
        "254 646 254 606 304 C536 394 316 394 246 304 C206 254 136 254 116 314 Z"
    )
    art.solid(top, shifted(CARD, WHITE, 0.2), depth=12)
    for x, y in ((330, 372), (372, 384), (416, 386), (460, 378)):
        art.line(path(f"M{x} {y} L{x + 26} {y - 14}"), CARD.deep, 3, opacity=0.6)
    for i in range(9):
        x, y = 180 + i * 52, 644 + (i * 7) % 14
        art.flat(box(x, y, 16, 6, 3).turned(i * 50, (x, y)), CARD.deep)


@silhouette("wand")
def wand(art: Art) -> None:
    """Draw a feather wand: bamboo rod, braided line, a bunch of feathers and a bell."""
    art.line(path("M150 690 L420 130").moved(8, 14), NIGHT, 15, opacity=0.16)
    art.line(path("M150 690 L420 130"), WOOD.deep, 17)
    art.line(path("M147 688 L417 129"), WOOD.light, 6)
    for x, y in ((210, 566), (280, 420), (350, 276)):
        art.line(path(f"M{x - 7} {y - 5} L{x + 8} {y + 3}"), WOOD.ink, 5)
    art.line(smooth("420,130 500,110 560,170 570,280", closed=False), METAL.ink, 4)
    hues = ("red", "yellow", "turquoise") if art.colour == "multicolour" else (art.colour,) * 3
    for turn, hue in zip((28, -26, 0), hues, strict=True):
        feather = path(
            "M570 300 C516 360 510 460 560 590 C566 600 574 600 580 590 C630 460 624 360 570 300 Z"
        ).turned(turn, (570, 300))
        art.drop(feather, far=10)
        art.solid(feather, tones(hue), depth=16)
        art.line(path("M570 306 L570 580").turned(turn, (570, 300)), tones(hue).light, 4)
        art.line(
            path(
                "".join(
                    f"M570 {y} L536 {y + 34} M570 {y} L604 {y + 34} " for y in range(360, 540, 26)
                )
            ).turned(turn, (570, 300)),
            tones(hue).deep,
            2.4,
            opacity=0.6,
        )
    art.solid(oval(570, 296, 26), tones("gold"), depth=9)
    art.line(path("M556 304 L584 304"), tones("gold").ink, 4)


@silhouette("harness")
def harness(art: Art) -> None:
    """Draw a vest harness from the front: chest plate, straps, reflective piping, ring."""
    vest = path(
        "M264 170 C300 120 350 130 372 196 C386 232 414 232 428 196 C450 130 500 120 "
        "536 170 C570 220 560 280 590 330 C640 350 660 420 640 480 C600 520 540 500 "
        "520 540 C500 620 460 660 400 668 C340 660 300 620 280 540 C260 500 200 520 "
        "160 480 C140 420 160 350 210 330 C240 280 230 220 264 170 Z"
    )
    art.drop(vest, far=22)
    art.solid(vest, depth=34)
    piping = vest.scaled(0.88, about=(400, 410))
    art.canvas.stroke(piping, (232, 236, 240), 9, closed=True)
    with art.within(vest):
        for i in range(12):
            art.line(path(f"M{270 + i * 24} 300 L{270 + i * 24} 620"), width=2, opacity=0.16)
    for x in (186, 614):
        art.solid(box(x - 36, 380, 72, 66, 14), tones("black"), depth=8)
        art.flat(box(x - 20, 396, 40, 34, 6), (30, 30, 36))
    plate = box(340, 330, 120, 90, 22)
    art.solid(plate, shifted(art.own, NIGHT, 0.3), depth=12)
    art.canvas.stroke(oval(400, 470, 34, 38), METAL.deep, 15, closed=True)
    art.canvas.stroke(oval(399, 468, 34, 38), METAL.light, 6, closed=True)
    _paw(art, 400, 378, 0.8, (240, 238, 232))


@silhouette("dog-bed")
def dog_bed(art: Art) -> None:
    """Draw an oval dog bed with a thick rim, a cushion and a bone on it."""
    art.ground(400, 650, 620)
    art.solid(
        path(
            "M90 470 C90 360 240 300 400 300 C560 300 710 360 710 470 L710 540 C710 "
            "630 560 664 400 664 C240 664 90 630 90 540 Z"
        ),
        depth=54,
    )
    art.solid(oval(400, 450, 310, 140), shifted(art.own, WHITE, 0.1), depth=18)
    hollow = oval(400, 468, 236, 92)
    art.flat(hollow, art.own.deep)
    with art.within(hollow):
        art.solid(oval(400, 504, 250, 92), shifted(CREAM, art.own.base, 0.12), depth=20)
    art.fold(
        path("M250 590 C330 616 470 616 550 590 L550 604 C470 630 330 630 250 604 Z"),
        blur=6,
        opacity=0.3,
    )
    art.line(
        path("M104 520 C120 610 280 640 400 640 C520 640 680 610 696 520"), width=3, opacity=0.5
    )
    bone = _bone(400, 478, 0.55).turned(-14, (400, 478))
    art.drop(bone, far=8)
    art.solid(bone, tones("off-white"), depth=10)
    art.solid(box(364, 606, 72, 34, 6), CREAM, depth=4)
    _paw(art, 400, 624, 0.3, art.own.deep)


def _bone(x: float, y: float, k: float) -> Path:
    """Return the outline of a bone around (x, y)."""
    outline = smooth(
        "-150,-34 -180,-84 -230,-70 -236,-20 -236,20 -230,70 -180,84 -150,34 0,26 "
        "150,34 180,84 230,70"
        " 236,20 236,-20 230,-70 180,-84 150,-34 0,-26"
    )
    return outline.scaled(k, about=(0, 0)).moved(x, y)


def _paw(art: Art, x: float, y: float, k: float, colour: Colour) -> None:
    pad = smooth("0,0 26,16 34,36 12,44 -12,44 -34,36 -26,16")
    toes = (
        oval(-36, -4, 11, 15)
        + oval(-14, -24, 11, 16)
        + oval(14, -24, 11, 16)
        + oval(36, -4, 11, 15)
    )
    art.flat((pad + toes).scaled(k, about=(0, 0)).moved(x, y), colour)


@silhouette("dog-coat")
def dog_coat(art: Art) -> None:
    """Draw a dog from the side, wearing the raincoat."""
    fur = tones("camel")
    art.ground(390, 680, 480)
    for x, back in ((232, True), (470, True), (276, False), (514, False)):
        leg = box(x, 470, 52, 208, 24)
        art.solid(leg, shifted(fur, NIGHT, 0.16) if back else fur, depth=12)
    art.line(smooth("190,400 140,360 120,290", closed=False), fur.base, 30)
    art.solid(
        smooth("190,360 300,330 460,330 570,340 600,420 560,520 400,540 240,530 180,460"),
        fur,
        depth=30,
    )
    art.solid(
        smooth("520,400 520,280 570,210 640,190 700,230 740,270 730,306 660,320 630,380 600,430"),
        fur,
        depth=24,
    )
    art.solid(smooth("590,200 570,250 560,320 590,340 620,280 624,220"), tones("brown"), depth=12)
    art.flat(oval(664, 244, 9), (44, 34, 30))
    art.flat(oval(736, 276, 17, 14), (44, 34, 30))
    coat = path(
        "M186 350 C280 316 420 312 520 318 C560 322 590 360 596 410 C590 440 570 450 "
        "556 460 C540 530 500 560 440 566 L260 560 C210 540 170 460 186 350 Z"
    )
    art.solid(coat, depth=32)
    art.line(path("M196 500 C260 534 460 540 560 440"), (236, 238, 240), 12)
    art.solid(box(352, 540, 56, 50, 10), shifted(art.own, NIGHT, 0.35), depth=7)
    art.solid(
        smooth("500,320 540,270 596,300 620,380 600,430 540,420 506,380"),
        shifted(art.own, NIGHT, 0.08),
        depth=16,
    )
    art.flat(oval(478, 344, 9), METAL.deep)


@silhouette("pet-bottle")
def pet_bottle(art: Art) -> None:
    """Draw a portable pet bottle whose top folds out as a drinking trough."""
    water = tones("light-blue")
    art.ground(420, 684, 260)
    art.round(
        path(
            "M330 330 L510 330 L510 640 C510 670 490 684 460 684 L380 684 C350 684 "
            "330 670 330 640 Z"
        ),
        GLASS,
    )
    art.flat(box(338, 430, 164, 246, 30), water.base, opacity=0.6)
    art.round(box(326, 280, 188, 76, 20))
    trough = path(
        "M140 170 C200 150 420 150 520 200 L520 290 C440 310 240 300 180 270 C150 "
        "250 136 210 140 170 Z"
    )
    art.solid(trough, depth=24)
    hollow = path(
        "M166 184 C240 166 400 170 486 208 C440 240 260 236 196 222 C176 212 166 200 166 184 Z"
    )
    art.flat(hollow, art.own.deep)
    art.flat(hollow.scaled(0.88, 0.74, about=(330, 206)), water.light)
    art.solid(box(470, 300, 34, 44, 10), shifted(art.own, NIGHT, 0.3), depth=5)
    art.line(path("M512 320 C570 330 566 420 520 440"), shifted(art.own, NIGHT, 0.3).base, 10)
    art.shine(box(352, 370, 14, 280, 7), opacity=0.8, blur=3)
    _paw(art, 424, 560, 0.9, WHITE)


@silhouette("chew-toy")
def chew_toy(art: Art) -> None:
    """Draw a rubber bone with round knuckles, ridges along the grip and a hole for treats."""
    lean, middle = -16, (400, 440)
    art.ground(400, 640, 520)
    bone = smooth(
        "276,388 240,384 226,330 176,306 124,336 122,396 150,440 122,484 124,544 176,574 226,550 "
        "240,496 276,492 400,484 524,492 560,496 574,550 624,574 676,544 678,484 650,440 678,396 "
        "676,336 624,306 574,330 560,384 524,388 400,396"
    ).turned(lean, middle)
    art.drop(bone, far=20)
    art.solid(bone, depth=34)
    with art.within(bone):
        for x in (304, 340, 460, 496):
            ridge = path(f"M{x} 370 C{x + 16} 410 {x + 16} 470 {x} 510").turned(lean, middle)
            art.line(ridge.moved(5, 3), art.own.deep, 12, opacity=0.6)
            art.line(ridge, art.own.light, 6, opacity=0.8)
        for x, y in ((170, 350), (628, 350), (170, 530), (628, 530)):
            art.shine(oval(x - 10, y - 14, 20, 13).turned(lean, middle), opacity=0.4, blur=6)
    hollow = oval(400, 440, 34, 27).turned(lean, middle)
    art.flat(hollow, art.own.ink)
    art.flat(oval(402, 446, 24, 16).turned(lean, middle), tones("camel").base)
    for x, y, turn in ((556, 640, 20), (610, 628, -30), (660, 648, 60)):
        bit = box(x - 15, y - 10, 30, 20, 8).turned(turn, (x, y))
        art.solid(bit, tones("brown"), depth=5)
