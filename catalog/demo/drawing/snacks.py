"""Silhouettes of sweet things: chocolate, bean cakes, bars."""

from __future__ import annotations

from catalog.demo.drawing.art import CREAM, Art, shifted, silhouette
from catalog.demo.drawing.emblems import emblem
from catalog.demo.drawing.palette import NIGHT, WHITE, tones
from catalog.demo.drawing.path import Path, box, oval, path


@silhouette("chocolate")
def chocolate(art: Art) -> None:
    """Draw an open sleeve with thin squares of chocolate, two of them out of their foil."""
    dark = tones("coffee")
    sleeve = box(150, 250, 330, 400, 12).turned(-8, (320, 450))
    art.drop(sleeve, far=22)
    art.solid(sleeve, tones("teal"), depth=22)
    art.flat(box(186, 300, 258, 180, 10).turned(-8, (320, 450)), CREAM.light)
    art.flat(box(186, 540, 258, 10, 5).turned(-8, (320, 450)), tones("gold").base)
    art.flat(box(186, 566, 160, 10, 5).turned(-8, (320, 450)), tones("gold").base)
    emblem(art, "bean", 306, 392, 1.2)
    for x, y, turn, foil in ((560, 310, 16, True), (590, 470, -6, False), (500, 590, 8, False)):
        thin = box(x - 84, y - 84, 168, 168, 8).turned(turn, (x, y))
        art.drop(thin, far=14)
        art.solid(thin, tones("gold") if foil else dark, depth=12)
        for gx, gy in ((-40, -40), (40, -40), (-40, 40), (40, 40)):
            cell = box(x + gx - 34, y + gy - 34, 68, 68, 6).turned(turn, (x, y))
            art.solid(cell, tones("gold") if foil else shifted(dark, WHITE, 0.06), depth=6)


@silhouette("cakes")
def cakes(art: Art) -> None:
    """Draw moulded bean cakes in a box of nine, one taken out on a dish."""
    tray = box(150, 190, 430, 400, 20)
    art.drop(tray, far=24)
    art.solid(tray, tones("dark-green"), depth=18)
    art.flat(box(170, 210, 390, 360, 12), tones("dark-green").deep)
    hues = ("light-yellow", "yellow", "dusty-pink")
    for i in range(9):
        if i != 8:
            _cake(art, 236 + (i % 3) * 129, 270 + (i // 3) * 120, hues[i % 3])
    dish = oval(590, 600, 132, 84)
    art.drop(dish, far=16)
    art.solid(dish, CREAM, depth=18)
    art.flat(oval(590, 596, 104, 62), CREAM.shade, opacity=0.5)
    _cake(art, 590, 586, "dusty-pink")


def _cake(art: Art, x: float, y: float, hue: str) -> None:
    petals = Path(())
    for turn in range(0, 360, 45):
        petals += oval(x, y - 30, 22, 26).turned(turn, (x, y))
    art.flat(petals.moved(4, 8), NIGHT, opacity=0.25, blur=6)
    art.flat(petals.moved(0, 5) + oval(x, y + 5, 40), tones(hue).shade)
    art.flat(petals + oval(x, y, 40), tones(hue).base)
    for turn in range(0, 360, 45):
        art.line(
            path(f"M{x} {y - 12} L{x} {y - 44}").turned(turn, (x, y)),
            tones(hue).deep,
            2.4,
            opacity=0.6,
        )
    art.flat(oval(x, y, 13), tones(hue).light)


@silhouette("bars")
def bars(art: Art) -> None:
    """Draw oat bars in paper sleeves, one unwrapped and bitten."""
    oat = tones("camel")
    for i, hue in enumerate(("teal", "mustard", "rust")):
        y = 240 + i * 112
        wrapper = path(
            f"M130 {y} L150 {y + 10} L570 {y + 10} L590 {y} L590 {y + 96} L570 {y + 86} "
            f"L150 {y + 86} L130 {y + 96} Z"
        ).turned(-7, (360, 400))
        art.drop(wrapper, far=14)
        art.solid(wrapper, tones(hue), depth=16)
        art.flat(box(220, y + 26, 210, 44, 22).turned(-7, (360, 400)), CREAM.light)
        art.flat(box(250, y + 43, 150, 10, 5).turned(-7, (360, 400)), tones(hue).deep)
    bar = path(
        "M330 590 L640 540 C650 560 632 572 652 588 C640 604 662 612 664 632 L344 676 "
        "C330 680 318 600 330 590 Z"
    )
    art.drop(bar, far=16)
    art.solid(bar, oat, depth=18)
    with art.within(bar):
        for i in range(70):
            x, y = 325 + (i * 59) % 340, 545 + (i * 37) % 135
            hue = ("brown", "off-white", "amber")[i % 3]
            art.flat(oval(x, y, 13, 6).turned(i * 47, (x, y)), tones(hue).base, opacity=0.9)
