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
    """Draw a window hammock with suction cups and a cat asleep in it."""
    art.solid(box(120, 120, 560, 560, 10), METAL, depth=10)
    art.flat(box(140, 140, 520, 520, 6), tones("light-blue").base, opacity=0.7)
    for x, y in ((190, 190), (610, 190)):
        art.solid(oval(x, y, 24), shifted(METAL, NIGHT, 0.1), depth=8)
        art.flat(oval(x, y, 11), art.own.deep)
    cloth = path("M200 360 C280 420 520 420 600 360 L590 520 C500 610 300 610 210 520 Z")
    art.drop(cloth, far=14)
    art.solid(cloth, depth=26)
    art.line(path("M190 200 L210 360 M610 200 L590 360"), METAL.deep, 9)
    cat = smooth("300,420 360,388 440,388 500,430 490,500 420,530 340,520 290,480")
    art.solid(cat, tones("orange"), depth=18)
    art.flat(path("M320 400 L340 372 L356 404 M470 404 L488 376 L496 412"), tones("orange").base)
    art.line(path("M410 480 Q430 492 450 482"), tones("brown").ink, 4)


@silhouette("scratcher")
def scratcher(art: Art) -> None:
    """Draw an upright cardboard scratcher with its layers."""
    art.ground(400, 676, 340)
    post = path("M260 200 L540 200 L560 660 L240 660 Z")
    art.solid(post, CARD, depth=28)
    with art.within(post):
        for i in range(24):
            y = 216 + i * 18
            art.line(
                path(f"M240 {y} C330 {y + 10} 470 {y + 10} 560 {y}"), CARD.deep, 3, opacity=0.5
            )
        for i in range(9):
            art.line(path(f"M{280 + i * 30} 210 L{270 + i * 32} 640"), CARD.deep, 2, opacity=0.25)
    art.flat(
        smooth("300,300 500,320 520,420 320,400"),
        mix(CARD.base, tones("green").base, 0.25),
        opacity=0.5,
    )
    art.solid(box(220, 656, 360, 44, 10), shifted(CARD, NIGHT, 0.2), depth=12)


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
    """Draw a rubber bone with ridges and a hollow for treats."""
    art.ground(400, 590, 520)
    bone = _bone(400, 450, 1.16).turned(-12, (400, 450))
    art.solid(bone, depth=40)
    with art.within(bone):
        for x in (250, 300, 500, 550):
            art.line(
                path(f"M{x} 360 C{x + 22} 420 {x + 22} 480 {x} 540").turned(-12, (400, 450)),
                art.own.deep,
                12,
                opacity=0.7,
            )
            art.line(
                path(f"M{x + 9} 360 C{x + 31} 420 {x + 31} 480 {x + 9} 540").turned(
                    -12, (400, 450)
                ),
                art.own.light,
                4,
                opacity=0.7,
            )
    hollow = oval(400, 448, 58, 30).turned(-12, (400, 450))
    art.flat(hollow, art.own.ink)
    art.flat(oval(396, 452, 44, 20).turned(-12, (400, 450)), tones("camel").base)
    art.shine(smooth("150,410 190,388 220,400 180,430"), opacity=0.5, blur=7)
    art.shine(smooth("600,330 640,330 650,350 610,356"), opacity=0.45, blur=6)
