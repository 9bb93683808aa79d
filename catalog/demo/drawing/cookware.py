"""Silhouettes of pans, pots and kitchen knives."""

from __future__ import annotations

from catalog.demo.drawing.art import GLASS, METAL, RUBBER, WOOD, Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, tones
from catalog.demo.drawing.path import box, oval, path, smooth


@silhouette("pan")
def pan(art: Art, *, long: bool = False) -> None:
    """Draw a skillet from above: short cast handle, or long riveted steel."""
    centre = (340, 440)
    handle = path("M470 330 L640 140 C664 116 700 150 678 176 L510 370 Z")
    if long:
        handle = path("M462 336 L676 90 C696 70 724 96 706 118 L490 360 Z")
    whole = oval(*centre, 226) + handle
    art.drop(whole, far=28)
    art.solid(handle, METAL if long else art.own, depth=10)
    art.flat(oval(664 if not long else 690, 158 if not long else 108, 10), art.own.ink)
    art.solid(oval(*centre, 226), depth=20)
    art.solid(path("M116 430 L96 452 L122 490 Z"), depth=6)
    art.solid(oval(*centre, 196), shifted(art.own, NIGHT, 0.35), depth=22)
    art.canvas.light(oval(*centre, 184), art.own.deep, art.own.light, depth=14)
    if long:
        art.flat(oval(494, 322, 7) + oval(512, 342, 7) + oval(476, 342, 7), METAL.deep)
    art.shine(smooth("200,360 250,300 320,276 270,330 226,400"), opacity=0.22, blur=10)
    _egg(art, 350, 450)


def _egg(art: Art, x: float, y: float) -> None:
    art.solid(
        smooth(
            f"{x - 86},{y - 10} {x - 40},{y - 64} {x + 30},{y - 58} {x + 88},{y - 10} "
            f"{x + 60},{y + 50} {x},{y + 74} {x - 62},{y + 48}"
        ),
        tones("white"),
        depth=12,
    )
    art.solid(oval(x + 4, y + 4, 36, 33), tones("yellow"), depth=12)
    art.shine(oval(x - 6, y - 8, 9, 7), opacity=0.7)


@silhouette("wok")
def wok(art: Art) -> None:
    """Draw a wok with a wooden handle and its standing glass lid."""
    art.solid(oval(440, 330, 196, 190), GLASS, depth=14)
    art.line(oval(440, 330, 190, 184), METAL.shade, 9)
    art.solid(box(412, 300, 56, 60, 22), WOOD, depth=8)
    art.shine(smooth("300,260 360,190 420,180 360,230 316,300"), opacity=0.8, blur=4)
    art.ground(360, 640, 420)
    art.solid(path("M570 452 L726 408 C748 404 756 436 734 446 L580 494 Z"), WOOD, depth=9)
    bowl = path("M110 430 L610 430 C600 540 520 640 440 640 L280 640 C200 640 120 540 110 430 Z")
    art.solid(bowl, depth=46)
    art.solid(oval(360, 430, 250, 58), depth=10)
    art.solid(oval(360, 434, 234, 48), shifted(art.own, NIGHT, 0.25), depth=14)
    for x, y, hue in (
        (280, 430, "green"),
        (340, 446, "red"),
        (400, 428, "orange"),
        (440, 446, "green"),
        (320, 420, "yellow"),
    ):
        art.flat(oval(x, y, 32, 12).turned(x % 50 - 25, (x, y)), tones(hue).base)
    art.line(path("M110 430 C90 424 84 450 116 468"), METAL.deep, 12)


@silhouette("casserole")
def casserole(art: Art) -> None:
    """Draw a clay pot with a domed lid, two ears and steam."""
    art.ground(400, 656, 470)
    art.canvas.fill(
        smooth("440,170 462,130 436,86 456,40 446,88 474,130 454,170"), WHITE, opacity=0.55, blur=7
    )
    for side in (1, -1):
        ear = path("M166 410 C110 400 110 470 172 470 Z")
        art.solid(ear if side == 1 else ear.mirrored(), depth=9)
    body = path("M158 380 L642 380 C640 520 590 640 520 656 L280 656 C210 640 160 520 158 380 Z")
    art.solid(body, depth=44)
    art.line(path("M164 440 C300 456 500 456 636 440"), art.own.deep, 4, opacity=0.6)
    lid = path(
        "M150 380 C160 270 280 220 400 220 C520 220 640 270 650 380 C560 402 240 402 150 380 Z"
    )
    art.fold(lid.moved(0, 14), blur=8, opacity=0.5)
    art.solid(lid, depth=34)
    for y in (300, 340):
        art.line(
            path(
                f"M{230 - (y - 300) * 1.1} {y} C330 {y - 26} 470 {y - 26} "
                f"{570 + (y - 300) * 1.1} {y}"
            ),
            art.own.deep,
            3,
            opacity=0.45,
        )
    art.solid(path("M352 212 C352 186 448 186 448 212 L434 238 L366 238 Z"), depth=12)
    art.flat(oval(500, 262, 8, 5), art.own.ink)


@silhouette("saucepan")
def saucepan(art: Art) -> None:
    """Draw a saucepan with a glass lid and a long handle."""
    art.ground(350, 640, 420)
    art.solid(path("M540 430 L730 404 C752 402 754 434 732 438 L546 470 Z"), METAL, depth=8)
    art.round(
        path(
            "M166 396 L556 396 L548 600 C546 628 530 640 500 640 L222 640 C192 640 "
            "176 628 174 600 Z"
        ),
        METAL,
        gloss=0.8,
    )
    art.solid(path("M166 396 L140 384 L190 392 Z"), METAL, depth=3)
    art.solid(path("M176 392 C190 320 532 320 546 392 Z"), GLASS, depth=14)
    art.line(path("M164 396 L558 396"), METAL.light, 12)
    art.line(path("M164 402 L558 402"), METAL.deep, 3)
    art.solid(box(326, 288, 70, 42, 18), RUBBER, depth=8)
    art.flat(oval(552, 448, 6) + oval(566, 432, 6), METAL.ink)
    art.line(path("M182 560 C300 576 430 576 544 560"), METAL.deep, 3, opacity=0.5)


@silhouette("knife")
def knife(art: Art, *, bread: bool = False, kids: bool = False) -> None:
    """Draw a kitchen knife on a slant: santoku, bread knife, or a pair for children."""
    if kids:
        _kids_knives(art)
        return
    lean, middle = -34, (400, 400)
    if bread:
        waves = "".join(f" Q{460 - i * 30} {446} {445 - i * 30} {430}" for i in range(13))
        blade = path(f"M476 352 L476 430{waves} C66 424 60 400 60 380 L64 352 Z")
    else:
        blade = path("M470 340 L470 444 L180 444 C110 440 70 410 56 384 C120 352 300 342 470 340 Z")
    handle = path(
        "M470 346 L720 340 C744 342 750 372 744 396 C740 412 724 416 706 412 L500 404 L470 400 Z"
    )
    blade, handle = blade.turned(lean, middle), handle.turned(lean, middle)
    art.drop(blade + handle, far=24)
    art.solid(blade, METAL, depth=10)
    if not bread:
        with art.within(blade):
            edge = path("M50 420 L470 424 L470 460 L50 460 Z").turned(lean, middle)
            art.flat(edge, METAL.light, opacity=0.9, blur=4)
            for i in range(7):
                art.flat(oval(200 + i * 36, 408, 9, 18).turned(lean, middle), METAL.shade)
    art.solid(handle, WOOD, depth=10)
    art.solid(path("M462 342 L492 342 L492 406 L462 402 Z").turned(lean, middle), METAL, depth=4)
    for x in (540, 610, 680):
        art.flat(oval(x, 376, 8).turned(lean, middle), METAL.light)


def _kids_knives(art: Art) -> None:
    for x, k, turn in ((290, 1.0, -8), (520, 0.78, 10)):
        teeth = "".join(f" Q{x - 44} {238 + i * 28} {x - 32} {252 + i * 28}" for i in range(8))
        blade = path(
            f"M{x + 50} 460 L{x + 50} 250 C{x + 50} 190 {x - 10} 176 {x - 32} "
            f"224{teeth} L{x - 32} 460 Z"
        )
        handle = box(x - 40, 440, 96, 220, 46)
        dot = oval(x + 8, 620, 14)
        blade, handle, dot = (
            part.scaled(k, about=(x, 660)).turned(turn, (x, 500)) for part in (blade, handle, dot)
        )
        art.drop(blade, far=16)
        art.drop(handle, far=16)
        art.solid(blade, tones("white"), depth=12)
        art.solid(handle, depth=20)
        art.flat(dot, art.own.deep)


@silhouette("cleaver")
def cleaver(art: Art) -> None:
    """Draw a Chinese vegetable cleaver forged in one piece."""
    lean, middle = -24, (400, 400)
    blade = path(
        "M130 270 L520 262 L524 470 C400 486 240 482 128 466 C120 400 122 330 130 270 Z"
    ).turned(lean, middle)
    handle = path(
        "M516 268 L556 272 C600 284 660 284 716 278 C742 278 748 332 722 336 C660 "
        "342 600 336 556 326 L520 330 Z"
    ).turned(lean, middle)
    art.drop(blade + handle, far=26)
    art.solid(handle, METAL, depth=12)
    art.solid(blade, METAL, depth=14)
    with art.within(blade):
        art.flat(
            path("M100 440 L540 446 L540 500 L100 500 Z").turned(lean, middle),
            METAL.light,
            opacity=0.95,
            blur=5,
        )
        art.line(
            path("M124 430 C260 446 400 450 524 440").turned(lean, middle),
            METAL.deep,
            2.4,
            opacity=0.5,
        )
        art.shine(
            path("M180 270 L280 268 L220 440 L150 436 Z").turned(lean, middle), opacity=0.4, blur=8
        )
    for i in range(5):
        art.line(
            path(f"M{586 + i * 24} 288 L{580 + i * 24} 330").turned(lean, middle),
            METAL.deep,
            3,
            opacity=0.6,
        )


@silhouette("paring-set")
def paring_set(art: Art) -> None:
    """Draw a paring knife with its sheath and a peeler."""
    knife_blade = path("M250 420 L250 190 C262 150 290 190 296 240 L300 420 Z")
    for part in (knife_blade, box(236, 410, 78, 230, 34)):
        art.drop(part, far=16)
    art.solid(knife_blade, METAL, depth=8)
    art.solid(box(236, 410, 78, 230, 34), depth=18)
    sheath = path("M360 440 L360 230 C366 196 424 196 430 230 L430 440 C430 456 360 456 360 440 Z")
    art.drop(sheath, far=14)
    art.solid(sheath, shifted(art.own, WHITE, 0.2), depth=12)
    peeler = box(500, 360, 76, 290, 34)
    art.drop(peeler, far=16)
    art.line(
        path("M512 380 C470 300 470 230 500 210 L576 210 C606 230 606 300 564 380"), METAL.deep, 14
    )
    art.line(
        path("M512 380 C470 300 470 230 500 210 L576 210 C606 230 606 300 564 380").moved(-2, -3),
        METAL.light,
        6,
    )
    art.solid(box(486, 222, 104, 30, 8), METAL, depth=6)
    art.flat(box(500, 233, 76, 7, 3), METAL.ink)
    art.solid(peeler, depth=18)
    art.line(lines("M258 470 L258 580", "M290 470 L290 580"), art.own.deep, 3, opacity=0.4)
