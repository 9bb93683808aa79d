"""Silhouettes of baby feeding things and toys."""

from __future__ import annotations

from catalog.demo.drawing.art import CREAM, GLASS, METAL, Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, Tones, mix, tones
from catalog.demo.drawing.path import box, oval, path, smooth

PINE = Tones((236, 208, 164), (216, 182, 132), (186, 150, 102), (146, 110, 70), (100, 74, 48))


@silhouette("baby-bottle")
def baby_bottle(art: Art) -> None:
    """Draw a glass baby bottle with a teat and milk."""
    art.ground(400, 672, 240)
    body = path(
        "M312 262 C292 320 286 380 292 540 C296 600 320 650 372 666 L428 666 C480 "
        "650 504 600 508 540 C514 380 508 320 488 262 Z"
    )
    art.solid(body, GLASS, depth=22)
    with art.within(body):
        art.canvas.fade(box(280, 360, 240, 330), (250, 247, 240), (238, 230, 214))
        art.flat(oval(400, 362, 116, 16), WHITE)
        art.line(lines("M330 420 L358 420", "M330 470 L372 470", "M330 520 L358 520"), GLASS.ink, 3)
    art.solid(box(296, 206, 208, 70, 18), art.accent, depth=12)
    art.solid(path("M350 206 C346 130 370 88 400 88 C430 88 454 130 450 206 Z"), CREAM, depth=16)
    art.shine(box(326, 300, 14, 300, 7), opacity=0.8, blur=3)


@silhouette("bib-set")
def bib_set(art: Art) -> None:
    """Draw a silicone bib, a bowl on a suction base, and a spoon."""
    bib = path(
        "M230 130 C260 90 330 90 350 140 C366 172 434 172 450 140 C470 90 540 90 570 "
        "130 C580 170 566 230 556 270 C566 320 560 420 530 470 C490 500 310 500 270 "
        "470 C240 420 234 320 244 270 C234 230 220 170 230 130 Z"
    )
    art.drop(bib, far=18)
    art.solid(bib, depth=24)
    art.line(path("M290 150 C330 190 470 190 510 150"), art.own.deep, 5, opacity=0.5)
    art.flat(oval(290, 130, 10) + oval(510, 130, 10), METAL.base)
    art.stitch(path("M260 300 C360 320 440 320 540 300"), art.own.light)
    art.line(path("M300 420 C360 452 440 452 500 420"), art.own.deep, 8, opacity=0.6)
    art.ground(300, 690, 260)
    art.solid(oval(300, 650, 120, 30), shifted(art.own, NIGHT, 0.08), depth=10)
    art.solid(path("M180 540 C186 620 240 660 300 660 C360 660 414 620 420 540 Z"), depth=22)
    art.flat(oval(300, 540, 122, 28), art.own.light)
    art.flat(oval(300, 542, 104, 20), art.own.shade)
    art.flat(oval(300, 546, 90, 14), tones("peach").base)
    art.line(path("M520 560 L600 690"), shifted(art.own, NIGHT, 0.2).base, 15)
    art.solid(oval(510, 546, 44, 28).turned(-40, (510, 546)), depth=12)


@silhouette("food-maker")
def food_maker(art: Art) -> None:
    """Draw a baby food steamer with a clear jug on a base."""
    art.ground(400, 676, 340)
    art.solid(box(250, 500, 300, 176, 34), CREAM, depth=20)
    art.flat(box(310, 560, 120, 60, 12), (236, 240, 242))
    for i in range(2):
        art.flat(oval(470, 590 + i * 0, 15) if i == 0 else oval(330, 590, 6), tones("mint").base)
    jug = path("M270 220 L530 220 L516 496 L284 496 Z")
    art.solid(jug, GLASS, depth=18)
    with art.within(jug):
        art.canvas.fade(box(260, 350, 280, 160), (244, 200, 120), (226, 158, 80))
        for x, y in ((310, 400), (360, 430), (430, 404), (470, 440), (350, 470)):
            art.flat(oval(x, y, 26, 20), tones("orange").base, opacity=0.8)
    art.solid(path("M300 214 C300 180 500 180 500 214 Z"), CREAM, depth=10)
    art.line(path("M516 300 C590 300 590 420 524 430"), METAL.base, 22)
    art.shine(path("M286 240 L300 240 L296 460 L284 460 Z"), opacity=0.7, blur=3)


@silhouette("plate")
def plate(art: Art) -> None:
    """Draw a divided toddler plate with a suction base."""
    art.ground(400, 560, 480)
    art.solid(oval(400, 500, 130, 40), shifted(art.own, NIGHT, 0.2), depth=10)
    art.solid(smooth("120,380 180,280 400,240 620,280 680,380 640,470 400,510 160,470"), depth=26)
    for part, food in (
        (path("M190 300 L370 280 L370 430 L180 420 Z"), "green"),
        (path("M400 280 L600 300 L620 410 L420 420 Z"), "peach"),
        (smooth("300,440 500,432 560,480 400,500 260,480"), "light-yellow"),
    ):
        art.flat(part, mix(art.own.base, WHITE, 0.35))
        art.flat(part.scaled(0.82), tones(food).base, opacity=0.8)
    art.line(path("M385 270 L385 500 M300 440 L520 430"), art.own.light, 7, opacity=0.9)


@silhouette("training-cup")
def training_cup(art: Art) -> None:
    """Draw a two-handled cup with a soft spout."""
    art.ground(400, 656, 260)
    for side in (0, 1):
        handle = path("M330 360 C220 360 220 520 320 540")
        handle = handle.mirrored() if side else handle
        art.line(handle, art.own.deep, 30)
        art.line(handle.moved(-3 if not side else 3, -4), art.own.light, 8, opacity=0.5)
    cup = path("M300 300 L500 300 L480 610 C474 650 450 656 400 656 C350 656 326 650 320 610 Z")
    art.solid(cup, GLASS if not art.pale else art.own, depth=22)
    with art.within(cup):
        art.flat(
            path("M310 420 L490 420 L478 640 L322 640 Z"), tones("light-blue").base, opacity=0.5
        )
    art.solid(path("M280 296 C280 240 520 240 520 296 Z"), depth=16)
    art.solid(smooth("360,250 360,180 380,140 420,140 440,180 440,250"), depth=14)
    for y in (420, 480, 540):
        art.line(path(f"M350 {y} L390 {y}"), GLASS.ink, 4, opacity=0.7)


@silhouette("blocks")
def blocks(art: Art) -> None:
    """Draw a tower of wooden blocks, half painted."""
    art.ground(400, 664, 470)
    for i, (x, y, w, h, hue) in enumerate(
        (
            (180, 560, 170, 104, "red"),
            (360, 560, 104, 104, None),
            (470, 560, 160, 104, "turquoise"),
            (232, 450, 104, 104, None),
            (340, 450, 170, 104, "yellow"),
            (400, 350, 104, 100, "green"),
        )
    ):
        block = box(x, y, w, h, 12)
        art.drop(block, far=14)
        art.solid(block, PINE if hue is None else tones(hue), depth=14)
        if hue is None:
            art.line(
                path(f"M{x + 10} {y + h * 0.4} L{x + w - 10} {y + h * 0.5}"),
                PINE.deep,
                2.6,
                opacity=0.45,
            )
        if i % 2:
            art.shine(box(x + 14, y + 12, w * 0.2, 10, 5), opacity=0.5)
    arch = path(
        "M500 450 L680 450 L680 340 C680 300 650 280 590 280 C530 280 500 300 500 "
        "340 Z M560 450 C560 390 620 390 620 450 Z"
    )
    art.drop(arch, far=14)
    art.solid(arch, tones("blue"), depth=14)
    art.solid(path("M430 350 L520 250 L610 350 Z").moved(-70, 10), tones("orange"), depth=14)


@silhouette("bear")
def bear(art: Art) -> None:
    """Draw a sitting plush bear."""
    art.ground(400, 664, 380)
    for side in (0, 1):
        ear = oval(280 if not side else 520, 230, 62)
        art.solid(ear, depth=16)
        art.flat(oval(280 if not side else 520, 238, 30), shifted(art.own, WHITE, 0.3).base)
        foot = oval(290 if not side else 510, 610, 76, 54)
        art.solid(foot, depth=20)
        art.flat(oval(290 if not side else 510, 616, 42, 28), shifted(art.own, WHITE, 0.3).base)
        arm = oval(250 if not side else 550, 480, 50, 92).turned(
            14 if not side else -14, (250 if not side else 550, 480)
        )
        art.solid(arm, depth=18)
    art.solid(oval(400, 510, 150, 140), depth=40)
    art.solid(oval(400, 320, 152, 142), depth=42)
    art.solid(oval(400, 360, 68, 58), shifted(art.own, WHITE, 0.35), depth=14)
    art.flat(oval(360, 320, 10) + oval(440, 320, 10), (52, 40, 34))
    art.flat(oval(400, 342, 18, 14), (78, 52, 44))
    art.line(path("M400 356 L400 380"), (78, 52, 44), 7)
    art.solid(oval(400, 520, 56, 44), shifted(art.own, WHITE, 0.25), depth=10)


@silhouette("train")
def train(art: Art) -> None:
    """Draw a wooden engine and wagons on a track."""
    art.line(path("M80 600 L720 600"), PINE.deep, 12)
    art.line(path("M80 636 L720 636"), PINE.deep, 12)
    for x in range(110, 720, 60):
        art.line(path(f"M{x} 590 L{x - 10} 646"), PINE.base, 9)
    for i, (x, hue) in enumerate(((120, "red"), (340, "yellow"), (540, "green"))):
        body = (
            path(f"M{x} 470 L{x + 150} 470 L{x + 150} 566 L{x} 566 Z")
            if i
            else path("M120 440 L250 440 L270 480 L290 480 L290 566 L120 566 Z")
        )
        art.ground(x + 70, 600, 180)
        art.solid(body, tones(hue), depth=20)
        if i == 0:
            art.solid(box(150, 420, 46, 40, 10), tones("navy"), depth=8)
            art.flat(oval(256, 520, 22), (250, 230, 170))
        else:
            art.solid(box(x + 20, 430, 40, 48, 8), PINE, depth=6)
            art.solid(box(x + 76, 430, 40, 48, 8), PINE, depth=6)
        for wx in (x + 30, x + 110):
            art.solid(oval(wx, 574, 28), METAL, depth=8)
            art.flat(oval(wx, 574, 12), tones("dark-gray").base)


@silhouette("letters")
def letters(art: Art) -> None:
    """Draw six magnetic pieces with simple characters: sun, moon, tree, mouth, mountain, big."""
    hues = ("coral", "blue", "green", "orange", "teal", "purple")
    for i, (hue, strokes) in enumerate(zip(hues, CHARACTERS, strict=True)):
        x, y, turn = 130 + i % 3 * 190, 210 + i // 3 * 210, (-6, 4, -3, 5, -4, 3)[i]
        middle = (x + 84, y + 84)
        tile = box(x, y, 168, 168, 26).turned(turn, middle)
        art.drop(tile, far=14)
        art.solid(tile, tones(hue), depth=16)
        art.line(path(strokes).moved(x + 34, y + 34).turned(turn, middle), WHITE, 13)


CHARACTERS = (
    "M18 6 L82 6 L82 96 L18 96 L18 6 M18 50 L82 50",
    "M24 6 L80 6 L80 94 M24 6 L24 64 Q24 86 8 96 M24 34 L80 34 M24 62 L80 62",
    "M4 32 L96 32 M50 0 L50 100 M50 34 Q34 66 6 82 M50 34 Q66 66 94 82",
    "M16 16 L84 16 L84 88 L16 88 L16 16",
    "M50 2 L50 90 M10 36 L10 90 L90 90 M90 36 L90 90",
    "M6 34 L94 34 M50 2 Q50 64 8 98 M50 36 Q62 76 94 98",
)


@silhouette("boats")
def boats(art: Art) -> None:
    """Draw three bath boats that stack, with rain holes in their hulls."""
    art.ground(400, 660, 440)
    for foot, k, hue in ((660, 1.0, "blue"), (520, 0.8, "coral"), (404, 0.62, "yellow")):
        hull = path(
            "M140 520 C240 546 560 546 660 520 C646 600 580 660 480 660 L320 660 "
            "C220 660 154 600 140 520 Z"
        )
        deck = oval(400, 524, 262, 34)
        hull, deck = (
            part.scaled(k, about=(400, 660)).moved(0, foot - 660) for part in (hull, deck)
        )
        art.solid(hull, tones(hue), depth=30)
        art.flat(deck, tones(hue).light)
        art.flat(deck.scaled(0.9, 0.74, about=(400, foot - 136 * k)), tones(hue).deep)
        for x in (-120, -40, 40, 120):
            art.flat(oval(400 + x * k, foot - 70 * k, 11 * k), tones(hue).deep)
    art.solid(box(376, 216, 48, 116, 18), tones("red"), depth=10)
    art.solid(box(340, 284, 120, 52, 16), tones("white"), depth=10)
