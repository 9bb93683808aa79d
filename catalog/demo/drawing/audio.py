"""Silhouettes of headphones, earbuds and speakers."""

from __future__ import annotations

from catalog.demo.drawing.art import METAL, RUBBER, Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, Colour, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

GRILLE: Colour = (40, 41, 48)


@silhouette("headphones")
def headphones(art: Art, *, cable: bool = False) -> None:
    """Draw over-ear headphones, a little turned; ``cable`` adds a coiled cord."""
    pads = shifted(art.own, NIGHT, 0.3 if not art.pale else 0.14)
    art.ground(400, 668, 420)
    if cable:
        cord = [(250 + i * 11, 640 + (16 if i % 2 else -16)) for i in range(34)]
        art.line(smooth(cord, closed=False).moved(0, 26), RUBBER.base, 8)
    band = path("M214 420 C196 214 292 116 400 116 C508 116 604 214 586 420")
    art.line(band.moved(4, 8), art.own.ink, 40, opacity=0.25)
    art.line(band, art.own.shade, 42)
    art.line(band.moved(-2, -4), art.own.base, 30)
    art.line(
        path("M226 330 C236 214 306 140 400 140").moved(-8, -14), art.own.light, 5, opacity=0.8
    )
    art.line(path("M262 250 C290 180 340 160 400 160 C460 160 510 180 538 250"), pads.deep, 24)
    for side in (0, 1):
        arm = box(196, 370, 30, 90, 12)
        art.solid(arm.mirrored() if side else arm, METAL, depth=8)
        cushion, cup = oval(262, 520, 74, 122), oval(218, 520, 78, 130)
        art.solid(cushion.mirrored() if side else cushion, pads, depth=20)
        art.solid(cup.mirrored() if side else cup, depth=26)
        ring = oval(208 if not side else 592, 520, 46, 92)
        art.line(ring, art.own.deep, 3, opacity=0.7)
        art.flat(oval(208 if not side else 592, 520, 12), METAL.base)
    art.shine(
        path("M166 450 C160 490 162 530 172 560 C176 520 178 490 186 450 Z"), opacity=0.45, blur=4
    )


@silhouette("bone-headphones")
def bone_headphones(art: Art) -> None:
    """Draw bone-conduction headphones: a thin band behind the head, pads before the ears."""
    art.ground(400, 600, 420)
    band = path(
        "M232 470 C150 420 150 250 250 210 C340 180 460 180 550 210 C650 250 650 420 568 470"
    )
    art.line(band.moved(3, 9), art.own.ink, 16, opacity=0.25)
    art.line(band, art.own.deep, 17)
    art.line(band.moved(-2, -3), art.own.base, 8)
    for side in (0, 1):
        hook = smooth("166,300 138,380 156,470 208,500 236,470 222,392 218,320")
        pad = oval(252, 500, 46, 34).turned(-24, (252, 500))
        art.solid(hook.mirrored() if side else hook, depth=16)
        art.solid(pad.mirrored() if side else pad, shifted(art.own, NIGHT, 0.24), depth=12)
        art.flat(oval(252 if not side else 548, 500, 15, 10), METAL.base)
    art.flat(box(588, 372, 10, 60, 5), METAL.light)


@silhouette("earbuds")
def earbuds(art: Art, *, stem: bool = False, tiny: bool = False) -> None:
    """Draw earbuds above their open case: with tips, with stems, or tiny for sleeping."""
    art.ground(400, 664, 400)
    lid = path("M232 430 C232 360 270 330 400 330 C530 330 568 360 568 430 Z")
    art.solid(lid, shifted(art.own, NIGHT, 0.1), depth=20)
    art.flat(
        path("M252 430 C252 380 290 352 400 352 C510 352 548 380 548 430 Z"),
        mix(art.own.base, NIGHT, 0.35),
    )
    case = path("M226 430 L574 430 C582 560 560 664 400 664 C240 664 218 560 226 430 Z")
    art.solid(case, depth=34)
    art.flat(
        path("M244 430 L556 430 L552 452 C460 462 340 462 248 452 Z"), mix(art.own.base, NIGHT, 0.4)
    )
    art.flat(oval(400, 520, 6), tones("green").base)
    for side in (0, 1):
        _bud(art, side, stem=stem, tiny=tiny)
    art.shine(
        path("M258 480 C254 540 270 600 310 630 C286 590 276 540 278 480 Z"), opacity=0.4, blur=5
    )


def _bud(art: Art, side: int, *, stem: bool, tiny: bool) -> None:
    def place(shape: Path) -> Path:
        return shape.mirrored() if side else shape

    tip = shifted(art.own, NIGHT, 0.22 if art.pale else 0.4)
    if stem:
        art.solid(place(box(300, 236, 40, 190, 20)), depth=12)
        art.solid(place(smooth("296,190 350,168 386,206 370,262 318,268 288,236")), depth=14)
        art.flat(place(oval(372, 214, 12, 22)), GRILLE)
    elif tiny:
        art.solid(place(smooth("270,270 300,238 350,244 366,286 340,326 290,322")), depth=14)
        art.solid(place(oval(366, 284, 26, 30)), tip, depth=9)
    else:
        art.solid(place(oval(372, 258, 36, 44).turned(-18, (372, 258))), tip, depth=12)
        art.solid(
            place(smooth("256,232 300,186 350,200 366,262 340,330 284,334 252,292")), depth=22
        )
        art.flat(place(oval(298, 262, 20, 24)), art.own.shade)
        art.shine(place(oval(286, 232, 12, 16)), opacity=0.5, blur=4)


@silhouette("speaker-can")
def speaker_can(art: Art) -> None:
    """Draw a waterproof cylinder speaker with fabric, buttons and a strap."""
    art.ground(400, 640, 330)
    art.line(path("M268 214 C214 190 196 250 210 300 C220 336 250 320 262 290"), art.own.deep, 12)
    body = path("M256 220 C256 180 544 180 544 220 L544 600 C544 646 256 646 256 600 Z")
    art.round(body)
    with art.within(body):
        for y in range(250, 600, 12):
            art.line(
                path(f"M250 {y} C330 {y + 18} 470 {y + 18} 550 {y}"), art.own.ink, 2.4, opacity=0.2
            )
        for x in range(262, 544, 12):
            art.line(path(f"M{x} 180 L{x} 640"), art.own.ink, 2, opacity=0.14)
        art.flat(path("M240 590 C330 616 470 616 560 590 L560 660 L240 660 Z"), RUBBER.base)
    art.solid(oval(400, 214, 144, 30), RUBBER, depth=8)
    art.flat(oval(400, 212, 104, 20), RUBBER.shade)
    art.line(lines("M360 212 L384 212", "M416 212 L440 212 M428 205 L428 219"), (235, 236, 240), 5)
    art.solid(box(352, 450, 96, 40, 8), METAL, depth=5)
    art.shine(path("M292 250 L306 254 L306 560 L292 556 Z"), opacity=0.35, blur=7)


@silhouette("bookshelf-speakers")
def bookshelf_speakers(art: Art) -> None:
    """Draw a pair of wooden speakers, one with its cloth grille on."""
    for x in (150, 424):
        art.ground(x + 118, 640, 240)
        art.solid(
            path(f"M{x + 226} 216 L{x + 252} 200 L{x + 252} 616 L{x + 226} 640 Z"),
            shifted(art.own, NIGHT, 0.3),
            depth=6,
        )
        cabinet = box(x, 208, 228, 432, 8)
        art.solid(cabinet, depth=18)
        with art.within(cabinet):
            for i in range(7):
                art.line(
                    path(
                        f"M{x - 4} {230 + i * 66} C{x + 80} {210 + i * 66} {x + 150} "
                        f"{262 + i * 66} {x + 240} {232 + i * 66}"
                    ),
                    art.own.deep,
                    3,
                    opacity=0.28,
                )
        if x == 150:
            _cone(art, x + 114, 496, 88)
            _cone(art, x + 114, 306, 46)
        else:
            art.solid(box(x + 16, 224, 196, 400, 8), RUBBER, depth=10)
            art.solid(box(x + 86, 590, 56, 14, 4), METAL, depth=3)


def _cone(art: Art, x: float, y: float, r: float) -> None:
    art.solid(oval(x, y, r), METAL, depth=6)
    art.solid(oval(x, y, r * 0.9), RUBBER, depth=8)
    art.solid(oval(x, y, r * 0.66), shifted(RUBBER, WHITE, 0.1), depth=14)
    art.solid(oval(x, y, r * 0.26), RUBBER, depth=8)
    art.shine(oval(x - r * 0.08, y - r * 0.1, r * 0.1), opacity=0.5, blur=3)


@silhouette("mini-speaker")
def mini_speaker(art: Art) -> None:
    """Draw a round clip-on speaker."""
    art.ground(400, 640, 340)
    art.line(path("M330 230 C330 110 470 110 470 230"), METAL.deep, 24)
    art.line(path("M330 230 C330 110 470 110 470 230").moved(-3, -4), METAL.light, 9)
    art.solid(oval(400, 430, 210, 208), depth=40)
    art.solid(oval(400, 430, 158, 156), RUBBER, depth=12)
    holes = Path(())
    for ring, count in ((28, 6), (58, 12), (88, 18), (118, 24), (144, 30)):
        dot = oval(400, 430 - ring, 7)
        for i in range(count):
            holes += dot.turned(360 / count * i, (400, 430))
    art.flat(holes + oval(400, 430, 7), (24, 24, 30))
    art.shine(
        path("M230 380 C240 300 300 250 370 240 C310 270 270 320 256 390 Z"), opacity=0.4, blur=7
    )


@silhouette("trolley-speaker")
def trolley_speaker(art: Art) -> None:
    """Draw a big speaker on wheels with a telescopic handle and a microphone."""
    art.ground(400, 694, 380)
    art.line(path("M320 200 L320 70 L480 70 L480 200"), METAL.deep, 18)
    art.line(path("M320 200 L320 70 L480 70 L480 200").moved(-3, -3), METAL.light, 6)
    for x in (262, 538):
        art.solid(oval(x, 672, 34), RUBBER, depth=8)
        art.flat(oval(x, 672, 14), METAL.base)
    art.solid(box(236, 190, 328, 480, 28), depth=26)
    art.flat(box(262, 216, 276, 96, 14), mix(art.own.base, WHITE, 0.14))
    art.flat(box(284, 236, 110, 56, 6), (66, 170, 190))
    for x in (430, 490):
        art.solid(oval(x, 264, 24), METAL, depth=6)
        art.line(path(f"M{x} 248 L{x} 262"), METAL.ink, 5)
    _cone(art, 400, 490, 138)
    art.line(
        path("M264 640 C300 646 320 646 340 640 M460 640 C480 646 510 646 536 640"),
        tones("orange").base,
        7,
    )
    mic = path("M588 420 L632 410 L620 620 L604 620 Z")
    art.solid(mic, RUBBER, depth=8)
    art.solid(oval(608, 392, 36), METAL, depth=10)


@silhouette("soundbar")
def soundbar(art: Art) -> None:
    """Draw a soundbar before a television, with a small remote."""
    art.drop(box(120, 170, 560, 320, 10), far=14)
    art.solid(box(120, 170, 560, 320, 10), RUBBER, depth=6)
    art.canvas.fade(box(132, 182, 536, 296, 4), (96, 122, 150), (44, 54, 84))
    art.flat(
        path("M132 478 L132 420 L260 330 L340 390 L470 290 L668 430 L668 478 Z"),
        (32, 42, 66),
        opacity=0.8,
    )
    art.flat(oval(560, 260, 26), (240, 206, 150), opacity=0.9)
    art.solid(box(380, 490, 40, 50), RUBBER, depth=3)
    art.ground(400, 640, 640)
    bar = box(84, 556, 632, 84, 26)
    art.solid(bar, depth=18)
    with art.within(bar):
        dots = Path(())
        for x in range(100, 700, 14):
            for y in range(574, 630, 14):
                dots += oval(x, y, 3.4)
        art.flat(dots, art.own.ink, opacity=0.6)
    art.flat(oval(400, 598, 5), tones("green").light)
