"""Silhouettes of things to eat and drink: tins, pouches, boxes, jars, bottles, cakes."""

from __future__ import annotations

from catalog.demo.drawing.art import CREAM, GLASS, METAL, RUBBER, WOOD, Art, shifted, silhouette
from catalog.demo.drawing.emblems import emblem
from catalog.demo.drawing.palette import NIGHT, WHITE, Tones, mix, tones
from catalog.demo.drawing.path import box, oval, path, smooth

KRAFT = tones("camel")
FOIL = tones("silver")


def _lines_of_print(art: Art, x: float, y: float, width: float, colour: Tones) -> None:
    """Draw two lines of small print, centred."""
    art.flat(box(x - width / 2, y, width, 9, 4), colour.deep, opacity=0.7)
    art.flat(box(x - width * 0.3, y + 22, width * 0.6, 7, 3), colour.deep, opacity=0.4)


@silhouette("tea-tin")
def tea_tin(art: Art, *, motif: str, short: bool = False) -> None:
    """Draw a round tin with a paper label and a few leaves beside it."""
    top = 330 if short else 230
    art.ground(400, 668, 330)
    art.round(path(f"M252 {top} L548 {top} L548 640 C520 676 280 676 252 640 Z"))
    label = path(
        f"M252 {top + 90} C320 {top + 112} 480 {top + 112} 548 {top + 90} L548 612 "
        "C480 634 320 634 252 612 Z"
    )
    art.round(label, CREAM, gloss=0.3)
    middle = (top + 90 + 612) / 2
    emblem(art, motif, 400, middle - 14, 1.0 if short else 1.3)
    _lines_of_print(art, 400, middle + (62 if short else 92), 96, CREAM)
    art.round(
        path(
            f"M244 {top - 60} C244 {top - 76} 556 {top - 76} 556 {top - 60} L556 {top + 16} "
            f"C500 {top + 36} 300 {top + 36} 244 {top + 16} Z"
        )
    )
    art.solid(oval(400, top - 62, 156, 30), shifted(art.own, WHITE, 0.12), depth=8)
    art.line(path(f"M246 {top + 20} C300 {top + 40} 500 {top + 40} 554 {top + 20}"), width=3)
    if motif != "leaf":
        return
    for x, y, turn in ((610, 664, 20), (650, 676, -16), (586, 684, -40), (676, 656, 50)):
        curl = path(f"M{x - 24} {y} C{x - 8} {y - 16} {x + 10} {y + 12} {x + 26} {y - 6}")
        art.line(curl.turned(turn, (x, y)), tones("dark-green").base, 8)


@silhouette("pouch")
def pouch(art: Art, *, motif: str, window: bool = False) -> None:
    """Draw a stand-up pouch: sealed top, gusset, a label with an emblem, perhaps a window."""
    art.ground(400, 690, 390)
    bag = path(
        "M236 150 L564 150 C570 280 596 520 590 640 C584 690 560 694 400 694 C240 694 216 "
        "690 210 640 C204 520 230 280 236 150 Z"
    )
    art.solid(bag, depth=34)
    with art.within(bag):
        for side in (-1, 1):
            edge = path("M240 160 C262 320 244 520 214 660 L150 660 L190 160 Z")
            art.flat(edge if side < 0 else edge.mirrored(), art.own.deep, opacity=0.35, blur=12)
        art.shine(
            path("M300 230 C282 380 276 520 262 640 L290 640 C300 500 310 380 326 230 Z"),
            opacity=0.32,
            blur=9,
        )
        art.flat(
            path("M200 640 C300 606 500 606 600 640 L600 720 L200 720 Z"),
            art.own.deep,
            opacity=0.3,
            blur=5,
        )
    art.line(path("M237 186 L563 186"), width=3, opacity=0.8)
    for x in range(250, 560, 14):
        art.line(path(f"M{x} 156 L{x} 180"), width=2.4, opacity=0.35)
    art.line(path("M234 216 L566 216"), art.own.light, 4, opacity=0.8)
    card = box(290, 266, 220, 230, 18)
    art.flat(card, CREAM.light if not art.pale else shifted(art.accent, WHITE, 0.62).light)
    emblem(art, motif, 400, 356, 1.15)
    _lines_of_print(art, 400, 444, 110, CREAM)
    if window:
        _window(art, motif)


def _window(art: Art, motif: str) -> None:
    """Let a row of the contents show through the lower part of a pouch."""
    pane = box(306, 528, 188, 86, 43)
    art.flat(pane, art.own.ink)
    with art.within(pane):
        for i in range(12):
            emblem(art, motif, 318 + (i % 6) * 33, 552 + (i // 6) * 40, 0.42)
    art.shine(box(330, 538, 120, 14, 7), opacity=0.5, blur=3)


@silhouette("tea-cake")
def tea_cake(art: Art) -> None:
    """Draw a pressed tea cake half out of its paper, with a pick and a cup's worth of leaves."""
    paper = tones("off-white")
    art.drop(oval(430, 400, 250), far=26)
    art.solid(oval(430, 400, 250), paper, depth=30)
    art.flat(oval(430, 400, 92), tones("red").base, opacity=0.9)
    art.flat(oval(430, 400, 80), paper.light)
    emblem(art, "leaf", 430, 402, 0.9)
    for turn in range(0, 360, 20):
        art.line(path("M430 290 L430 180").turned(turn, (430, 400)), paper.deep, 2, opacity=0.3)
    cake = oval(270, 540, 158)
    art.drop(cake, far=20)
    art.solid(cake, tones("coffee"), depth=36)
    with art.within(cake):
        for i in range(90):
            x, y = 130 + (i * 67) % 290, 400 + (i * 41) % 290
            fleck = path(f"M{x - 17} {y} C{x - 6} {y - 9} {x + 6} {y + 9} {x + 17} {y}")
            hue = ("brown", "camel", "black")[i % 3]
            art.line(fleck.turned(i * 37, (x, y)), tones(hue).base, 5, opacity=0.6)
    art.fold(oval(270, 540, 46), blur=16, opacity=0.5)
    art.drop(box(560, 606, 170, 18, 9).turned(-16, (640, 610)), far=8)
    art.round(box(640, 600, 100, 30, 12).turned(-16, (640, 610)), WOOD)
    art.line(path("M540 644 L640 616"), METAL.shade, 9)


@silhouette("tea-box")
def tea_box(art: Art, *, motif: str) -> None:
    """Draw a carton with its lid ajar, sachets standing in it and one in front."""
    art.ground(390, 672, 470)
    for i in range(6):
        x = 204 + i * 62
        art.solid(box(x, 250 + (i % 2) * 10, 72, 240, 8), FOIL if i % 2 else CREAM, depth=8)
        art.flat(box(x, 262 + (i % 2) * 10, 72, 16), art.accent.base, opacity=0.8)
    front = box(180, 370, 420, 300, 14)
    art.solid(front, depth=24)
    art.solid(path("M600 378 L664 350 L664 640 L600 668 Z"), shifted(art.own, NIGHT, 0.22), depth=8)
    art.flat(box(180, 398, 420, 12), art.accent.light, opacity=0.75)
    art.flat(oval(390, 536, 98), CREAM.light)
    emblem(art, motif, 390, 536, 1.15)
    sachet = box(560, 548, 130, 140, 8).turned(14, (625, 618))
    art.drop(sachet, far=12)
    art.solid(sachet, CREAM, depth=10)
    art.flat(box(560, 560, 130, 20).turned(14, (625, 618)), art.own.base)
    emblem(art, motif, 622, 632, 0.46)


@silhouette("drip-box")
def drip_box(art: Art) -> None:
    """Draw a cup with a drip bag hung over it and four sachets in the order of their roast."""
    hues = ("coral", "mustard", "teal", "coffee")
    for i, hue in enumerate(hues):
        card = box(430 + i * 62, 236, 118, 270, 10).turned(-9 + i * 6, (490 + i * 62, 520))
        art.drop(card, far=12)
        art.solid(card, tones(hue), depth=12)
        middle = (489 + i * 62, 330)
        art.flat(oval(*middle, 34).turned(-9 + i * 6, (490 + i * 62, 520)), CREAM.light)
        bean = oval(*middle, 13, 19).turned(-9 + i * 6, (490 + i * 62, 520))
        art.flat(bean, tones("coffee").base)
    art.ground(300, 668, 300)
    art.line(path("M420 470 C520 460 520 600 410 600"), CREAM.shade, 26)
    art.round(
        path("M170 430 L430 430 C430 560 410 668 360 668 L240 668 C190 668 170 560 170 430 Z"),
        CREAM,
    )
    art.flat(oval(300, 432, 130, 28), tones("coffee").deep)
    art.flat(oval(300, 438, 112, 18), tones("brown").base)
    bag = path("M212 300 L388 300 L364 452 L236 452 Z")
    art.solid(bag, tones("white"), depth=12)
    art.flat(path("M226 330 L374 330 L360 440 L240 440 Z"), tones("coffee").base, opacity=0.75)
    art.solid(path("M190 372 L226 360 L236 440 L196 446 Z"), KRAFT, depth=5)
    art.solid(path("M410 372 L374 360 L364 440 L404 446 Z"), KRAFT, depth=5)
    art.shine(smooth("280,300 296,250 276,200 300,140 290,200 316,250 304,300"), blur=8)


@silhouette("filter-papers")
def filter_papers(art: Art) -> None:
    """Draw a fan of cone filters before a glass dripper."""
    art.ground(400, 660, 480)
    for i in range(7):
        cone = path("M250 300 L550 300 L440 620 C420 640 380 640 360 620 Z")
        turned = cone.turned(-33 + i * 11, (400, 640))
        art.drop(turned, far=8)
        art.solid(turned, art.own if i % 2 else shifted(art.own, WHITE, 0.16), depth=12)
    cone = path("M250 340 L550 340 L440 640 C420 656 380 656 360 640 Z")
    art.drop(cone, far=14)
    art.solid(cone, shifted(art.own, WHITE, 0.3), depth=18)
    art.line(path("M536 350 L430 638"), art.own.deep, 3, opacity=0.7)
    for x in range(280, 530, 26):
        art.line(path(f"M{x} 350 L{400 + (x - 400) * 0.34} 620"), art.own.deep, 1.6, opacity=0.22)
    art.stitch(path("M266 366 L372 638"))


@silhouette("sauce-bottle")
def sauce_bottle(art: Art, *, label: str, slim: bool = False) -> None:
    """Draw a glass bottle of dark sauce with a paper label and a dish poured from it."""
    half = 84 if slim else 104
    glass = mix(tones("coffee").ink, NIGHT, 0.3)
    hue = Tones(
        mix(glass, WHITE, 0.34), glass, mix(glass, NIGHT, 0.3), mix(glass, NIGHT, 0.5), NIGHT
    )
    art.ground(360, 676, half * 2.3)
    body = path(
        f"M{360 - 34} 190 L{360 + 34} 190 L{360 + 38} 290 C{360 + half} 340 {360 + half} 380 "
        f"{360 + half} 420 L{360 + half} 650 C{360 + half} 680 {360 - half} 680 "
        f"{360 - half} 650 L{360 - half} 420 C{360 - half} 380 {360 - half} 340 322 290 Z"
    )
    art.round(body, hue, gloss=0.8)
    art.round(box(318, 120, 84, 84, 12), tones("red" if label == "bean" else "gold"))
    paper = box(360 - half, 430, half * 2, 180)
    art.round(paper, CREAM, gloss=0.25)
    art.flat(box(360 - half, 430, half * 2, 12), tones("red").base)
    art.flat(box(360 - half, 598, half * 2, 12), tones("red").base)
    if label == "bean":
        emblem(art, "soybean", 360, 518, 0.9)
    else:
        for turn in (-34, -12, 12, 34):
            ear = oval(360, 470, 9, 21).turned(turn, (360, 570))
            art.flat(ear + oval(360, 506, 8, 18).turned(turn, (360, 574)), tones("mustard").base)
        art.line(path("M360 580 L360 480"), tones("mustard").deep, 5)
    art.ground(574, 672, 190)
    art.solid(path("M470 616 C480 664 520 676 574 676 C628 676 668 664 678 616 Z"), CREAM, depth=12)
    art.flat(oval(574, 616, 104, 25), CREAM.light)
    art.flat(oval(574, 620, 86, 18), hue.base)
    art.shine(oval(548, 616, 26, 4), opacity=0.5, blur=2)


@silhouette("jar")
def jar(art: Art, *, fill: str) -> None:
    """Draw a lidded jar: chilli in oil, honey with a dipper, or sesame paste."""
    hue = {"chilli": tones("red"), "honey": tones("amber"), "paste": tones("camel")}[fill]
    art.ground(380, 674, 380)
    body = path(
        "M232 300 L528 300 C566 330 570 360 570 400 L570 620 C570 668 540 676 500 676 "
        "L260 676 C220 676 190 668 190 620 L190 400 C190 360 194 330 232 300 Z"
    )
    art.round(body, GLASS, gloss=0.3)
    full = body.scaled(0.93, 0.88, about=(380, 660))
    art.round(full, hue, gloss=0.45)
    with art.within(full):
        _contents(art, fill)
    art.round(box(222, 226, 316, 92, 20), RUBBER if fill == "chilli" else WOOD)
    art.line(path("M226 296 L534 296"), (RUBBER if fill == "chilli" else WOOD).deep, 3)
    card = box(262, 430, 236, 150, 16)
    art.flat(card, CREAM.light)
    emblem(art, {"chilli": "chilli", "honey": "flower", "paste": "sesame"}[fill], 380, 496, 0.86)
    art.flat(box(336, 556, 88, 7, 3), CREAM.deep, opacity=0.7)
    if fill == "honey":
        _dipper(art)
    art.shine(box(212, 380, 16, 240, 8), opacity=0.6, blur=4)


def _contents(art: Art, fill: str) -> None:
    if fill == "chilli":
        art.flat(box(180, 330, 400, 60), tones("orange").base, opacity=0.75)
        for i in range(130):
            x, y = 190 + (i * 83) % 384, 380 + (i * 53) % 290
            hue = ("yellow", "burgundy", "camel", "red")[i % 4]
            art.flat(oval(x, y, 9, 5).turned(i * 31, (x, y)), tones(hue).base, opacity=0.85)
    elif fill == "honey":
        art.flat(box(180, 330, 400, 120), tones("yellow").base, opacity=0.45, blur=30)
        for x, y, r in ((260, 400, 7), (500, 390, 9), (480, 610, 6), (300, 620, 8), (530, 480, 5)):
            art.shine(oval(x, y, r), opacity=0.45, blur=1)
    else:
        art.flat(box(180, 330, 400, 56), tones("amber").shade, opacity=0.6)
        art.line(
            smooth("200,410 300,392 400,420 500,394 570,410", closed=False),
            tones("camel").light,
            8,
            opacity=0.6,
        )


def _dipper(art: Art) -> None:
    lean = (640, 560)
    art.drop(box(630, 300, 18, 260, 9).turned(18, lean), far=10)
    art.round(box(630, 300, 18, 270, 9).turned(18, lean), WOOD)
    for i in range(5):
        ring = oval(640, 576 + i * 20, 34 - abs(i - 2) * 6, 11).turned(18, lean)
        art.solid(ring, WOOD, depth=5)


@silhouette("noodles")
def noodles(art: Art) -> None:
    """Draw four bundles of thin noodles, each held by a paper band."""
    wheat = tones("light-yellow")
    art.ground(400, 640, 560)
    for i, (x, y) in enumerate(((170, 470), (420, 480), (226, 350), (300, 560))):
        turn = -10 + i * 5
        bundle = box(x, y, 340, 92, 40).turned(turn, (x + 170, y + 46))
        art.drop(bundle, far=14)
        art.solid(bundle, wheat, depth=22)
        for j in range(9):
            strand = path(f"M{x + 8} {y + 8 + j * 9.5} L{x + 334} {y + 8 + j * 9.5}")
            art.line(strand.turned(turn, (x + 170, y + 46)), wheat.deep, 2, opacity=0.45)
        band = box(x + 130, y - 4, 84, 100, 8).turned(turn, (x + 170, y + 46))
        art.solid(band, tones("white"), depth=8)
        seal = oval(x + 172, y + 46, 22).turned(turn, (x + 170, y + 46))
        art.flat(seal, tones("red").base)


@silhouette("snack-box")
def snack_box(art: Art, *, motif: str) -> None:
    """Draw an upright box with a tear strip and two small packs leaning on it."""
    art.ground(390, 678, 500)
    front = box(190, 210, 330, 466, 16)
    art.solid(path("M520 222 L596 190 L596 646 L520 676 Z"), shifted(art.own, NIGHT, 0.24), depth=8)
    art.solid(path("M196 212 L272 180 L596 188 L518 214 Z"), shifted(art.own, WHITE, 0.18), depth=6)
    art.solid(front, depth=26)
    art.flat(
        path("M190 300 C300 260 410 350 520 300 L520 560 C410 610 300 520 190 560 Z"),
        art.accent.light if art.accent is not art.own else CREAM.base,
    )
    emblem(art, motif, 355, 426, 1.5)
    _lines_of_print(art, 355, 606, 150, art.own)
    for x, y, turn in ((566, 590, 12), (470, 612, -7)):
        pack = box(x - 66, y - 82, 132, 166, 6).turned(turn, (x, y))
        art.drop(pack, far=12)
        art.solid(pack, CREAM, depth=12)
        for dy in (-80, 66):
            art.flat(box(x - 66, y + dy, 132, 16).turned(turn, (x, y)), art.own.base, opacity=0.9)
        emblem(art, motif, x, y, 0.62)
