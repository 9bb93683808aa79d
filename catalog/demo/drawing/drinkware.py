"""Silhouettes of bottles and cups that keep drinks warm."""

from __future__ import annotations

from catalog.demo.drawing.art import GLASS, METAL, RUBBER, WOOD, Art, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth


@silhouette("thermos")
def thermos(art: Art, *, kids: bool = False) -> None:
    """Draw a vacuum cup; the children's one has a strap, a pop-up lid and a bear."""
    art.ground(400, 676, 250)
    if kids:
        art.line(path("M300 300 C120 360 150 640 240 660"), art.own.deep, 13)
        art.round(box(282, 270, 236, 406, 56))
        art.round(
            path("M290 276 L290 200 C290 150 510 150 510 200 L510 276 Z"),
            shifted(art.own, NIGHT, 0.12),
        )
        art.solid(box(452, 176, 46, 60, 12), tones("coral"), depth=7)
        _bear(art, 400, 470)
        return
    art.round(box(294, 250, 212, 426, 44))
    art.round(box(300, 136, 200, 122, 30), shifted(art.own, NIGHT, 0.1))
    art.flat(box(294, 256, 212, 14), METAL.base)
    art.flat(box(294, 646, 212, 10), art.own.deep, opacity=0.5)
    art.flat(
        path("M400 430 C380 450 380 480 400 492 C420 480 420 450 400 430 Z"),
        METAL.light if not art.pale else METAL.shade,
    )


def _bear(art: Art, x: float, y: float) -> None:
    brown, dark = tones("camel"), (76, 54, 40)
    art.flat(oval(x - 46, y - 50, 24) + oval(x + 46, y - 50, 24), brown.base)
    art.flat(oval(x, y, 66, 60), brown.base)
    art.flat(oval(x, y + 20, 30, 24), brown.light)
    art.flat(oval(x - 24, y - 10, 6) + oval(x + 24, y - 10, 6) + oval(x, y + 10, 9, 7), dark)


@silhouette("bottle")
def bottle(art: Art, *, loop: bool = False) -> None:
    """Draw an outdoor bottle with a carrying loop and a rubber boot."""
    art.ground(400, 688, 260)
    if loop:
        art.line(path("M344 150 C344 70 456 70 456 150"), RUBBER.base, 24)
        art.line(path("M344 150 C344 70 456 70 456 150").moved(-4, -6), RUBBER.light, 5)
    art.round(
        path(
            "M330 230 C290 260 282 290 282 330 L282 650 C282 676 300 688 330 688 "
            "L470 688 C500 688 518 676 518 650 L518 330 C518 290 510 260 470 230 Z"
        )
    )
    art.round(box(324, 136, 152, 100, 20), RUBBER)
    art.round(box(282, 606, 236, 82, 30), RUBBER)
    mark = path("M352 470 L400 400 L424 434 L440 414 L478 470 Z")
    art.flat(mark, METAL.light if not art.pale else METAL.deep, opacity=0.85)


@silhouette("tumbler")
def tumbler(art: Art) -> None:
    """Draw a coffee tumbler with a sliding lid and a silicone ring."""
    art.ground(400, 680, 230)
    art.round(
        path(
            "M276 230 L524 230 L490 650 C488 672 474 680 456 680 L344 680 C326 680 "
            "312 672 310 650 Z"
        )
    )
    art.round(path("M288 380 L512 380 L502 500 L298 500 Z"), shifted(art.own, NIGHT, 0.32))
    art.solid(
        path("M264 236 C264 200 300 186 400 186 C500 186 536 200 536 236 Z"), RUBBER, depth=12
    )
    art.solid(box(430, 176, 60, 24, 10), METAL, depth=5)


@silhouette("food-jar")
def food_jar(art: Art) -> None:
    """Draw a food jar with a handle and a folding spoon."""
    art.ground(400, 668, 330)
    art.line(path("M256 300 C256 110 544 110 544 300"), METAL.deep, 18)
    art.line(path("M256 300 C256 110 544 110 544 300").moved(-3, -4), METAL.light, 6)
    art.round(
        path(
            "M244 340 L556 340 L556 600 C556 650 530 668 490 668 L310 668 C270 668 "
            "244 650 244 600 Z"
        )
    )
    art.round(box(236, 236, 328, 112, 34), shifted(art.own, NIGHT, 0.12))
    art.flat(box(244, 346, 312, 12), METAL.base)
    spoon = smooth("620,480 652,500 654,550 624,572 596,552 596,502")
    art.drop(spoon + box(616, 560, 18, 110, 9), far=10)
    art.solid(box(616, 556, 18, 114, 9), METAL, depth=4)
    art.solid(spoon, METAL, depth=10)


@silhouette("infuser-bottle")
def infuser_bottle(art: Art) -> None:
    """Draw a double-walled glass bottle with tea leaves in its upper chamber."""
    art.ground(400, 684, 230)
    outer = box(296, 196, 208, 488, 46)
    art.solid(outer, GLASS, depth=18)
    inner = box(318, 216, 164, 446, 34)
    with art.within(inner):
        art.canvas.fade(box(300, 330, 200, 350), (232, 190, 110), (206, 142, 66))
        art.flat(oval(400, 332, 90, 14), (240, 206, 140))
        leaves = Path(())
        for i in range(16):
            x, y = 334 + i * 37 % 132, 232 + i * 23 % 70
            leaves += oval(x, y, 14, 5).turned(i * 40, (x, y))
        art.flat(leaves, tones("dark-green").base)
    art.solid(box(318, 306, 164, 24, 6), METAL, depth=5)
    art.round(box(306, 120, 188, 84, 18), WOOD)
    art.shine(box(312, 230, 12, 400, 6), opacity=0.85, blur=2)
    art.shine(box(478, 230, 7, 400, 4), opacity=0.6, blur=2)
    art.flat(box(330, 640, 140, 10, 5), WHITE, opacity=0.5)
