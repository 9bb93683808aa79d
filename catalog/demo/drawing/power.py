"""Silhouettes of chargers and power banks."""

from __future__ import annotations

from catalog.demo.drawing.art import METAL, RUBBER, Art, digits, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, WHITE, mix, tones
from catalog.demo.drawing.path import box, oval, path, smooth

PORT = (34, 36, 44)


@silhouette("charger")
def charger(art: Art, *, mini: bool = False) -> None:
    """Draw a plug charger with its prongs and ports."""
    art.ground(400, 640, 360)
    size = 0.76 if mini else 1
    for x in (330, 430):
        art.solid(box(x, 130, 36, 120, 8).scaled(size, about=(400, 640)), METAL, depth=6)
    body = box(230, 220, 340, 420, 56).scaled(size, about=(400, 640))
    art.solid(body, depth=38)
    face = box(270, 400, 260, 200, 30).scaled(size, about=(400, 640))
    art.solid(face, shifted(art.own, NIGHT, 0.08), depth=8)
    ports = (
        [box(356, 482, 88, 32, 16)]
        if mini
        else [box(356, 424, 88, 28, 14), box(356, 480, 88, 28, 14), box(352, 536, 96, 36, 4)]
    )
    for port in ports:
        art.flat(port.scaled(size, about=(400, 640)), PORT)
    art.shine(box(256, 260, 16, 320, 8).scaled(size, about=(400, 640)), opacity=0.35, blur=5)


@silhouette("adapter")
def adapter(art: Art) -> None:
    """Draw a travel adapter with sliders for the plugs of several countries."""
    art.ground(400, 650, 380)
    for x in (340, 424):
        art.solid(box(x, 120, 34, 110, 6), METAL, depth=6)
    art.solid(box(214, 200, 372, 450, 60), depth=38)
    art.solid(
        box(250, 240, 300, 150, 28),
        shifted(art.own, NIGHT, 0.14) if art.pale else shifted(art.own, WHITE, 0.12),
        depth=10,
    )
    for x in (340, 460):
        art.flat(oval(x, 314, 15), PORT)
    art.flat(box(386, 286, 28, 12, 4) + box(386, 338, 28, 12, 4), PORT)
    for i in range(3):
        art.flat(box(262 + i * 74, 470, 56, 22, 11), PORT)
    art.flat(box(486, 464, 62, 32, 4), PORT)
    for i, hue in enumerate(("coral", "yellow", "turquoise")):
        art.solid(box(268 + i * 92, 550, 76, 36, 10), tones(hue), depth=6)


@silhouette("wireless-stand")
def wireless_stand(art: Art) -> None:
    """Draw a bedside charging stand holding a phone, with a pad for earbuds."""
    art.ground(400, 660, 420)
    art.solid(path("M372 380 L428 380 L452 640 L348 640 Z"), METAL, depth=12)
    art.solid(box(226, 610, 348, 50, 25), depth=16)
    phone = box(250, 120, 300, 470, 44).turned(-4, (400, 360))
    art.drop(phone, far=16)
    art.solid(phone, RUBBER, depth=10)
    glass = box(264, 134, 272, 442, 34).turned(-4, (400, 360))
    art.canvas.fade(glass, (86, 96, 140), (40, 44, 78))
    art.line(digits("10:24", 302, 300, 30).turned(-4, (400, 360)), WHITE, 8)
    art.flat(oval(482, 214, 22), (240, 222, 170))
    art.line(path("M420 470 L392 510 L416 510 L398 548"), tones("green").light, 9)


@silhouette("car-charger")
def car_charger(art: Art) -> None:
    """Draw a stubby car charger with a metal rim, two ports and side springs."""
    tilt, middle = -24, (400, 400)
    art.ground(410, 662, 340)
    art.solid(box(376, 610, 48, 46, 10).turned(tilt, middle), METAL, depth=6)
    barrel = box(316, 330, 168, 290, 30).turned(tilt, middle)
    art.solid(barrel, depth=26, right=True)
    for x in (300, 478):
        art.solid(box(x, 430, 22, 90, 10).turned(tilt, middle), METAL, depth=5)
    art.solid(box(282, 190, 236, 160, 46).turned(tilt, middle), depth=26, right=True)
    art.solid(oval(400, 192, 118, 50).turned(tilt, middle), METAL, depth=8)
    art.flat(oval(400, 190, 98, 38).turned(tilt, middle), PORT)
    art.flat(box(326, 178, 60, 22, 11).turned(tilt, middle), (90, 94, 106))
    art.flat(box(410, 176, 62, 26, 4).turned(tilt, middle), (70, 150, 200))


@silhouette("power-bank")
def power_bank(
    art: Art,
    *,
    lipstick: bool = False,
    screen: bool = False,
    solar: bool = False,
    magnetic: bool = False,
    cables: bool = False,
) -> None:
    """Draw a power bank: small with a plug, with a screen, solar, magnetic, or with cables."""
    if lipstick:
        _stick(art)
        return
    art.ground(400, 672, 340)
    body = box(240, 150, 320, 520, 50 if not solar else 30)
    if cables:
        art.line(path("M566 520 C640 520 650 300 600 250"), art.own.deep, 16)
        art.solid(box(576, 196, 48, 60, 10), art.own, depth=6)
        art.solid(box(586, 168, 28, 34, 6), METAL, depth=4)
    art.solid(body, depth=34)
    art.shine(box(264, 190, 14, 420, 7), opacity=0.3, blur=5)
    if screen:
        art.flat(box(300, 200, 200, 96, 16), PORT)
        art.line(digits("82", 330, 224, 24), tones("turquoise").light, 6)
        art.line(lines("M424 270 L454 226"), tones("turquoise").light, 5)
        art.flat(oval(426, 232, 7) + oval(454, 264, 7), tones("turquoise").light)
    if solar:
        _panel(art)
    if magnetic:
        art.line(oval(400, 380, 100), mix(art.own.deep, METAL.base, 0.5), 12)
        art.solid(box(350, 546, 100, 18, 9), METAL, depth=4)
    if not magnetic:
        for i in range(4):
            art.flat(
                oval(352 + i * 32, 612, 6), tones("turquoise").light if i < 3 else art.own.deep
            )
    art.flat(box(366, 652, 68, 12, 6), PORT)


def _panel(art: Art) -> None:
    art.line(box(240, 150, 320, 520, 30), RUBBER.base, 16)
    art.flat(box(280, 196, 240, 370, 10), (34, 44, 78))
    for x in range(280, 521, 60):
        art.line(path(f"M{x} 196 L{x} 566"), (120, 136, 176), 2.4)
    for y in range(196, 567, 62):
        art.line(path(f"M280 {y} L520 {y}"), (120, 136, 176), 2.4)
    art.shine(path("M290 206 L400 206 L300 420 L290 420 Z"), opacity=0.16, blur=3)
    art.line(path("M500 150 C520 90 580 110 552 168"), RUBBER.base, 14)


def _stick(art: Art) -> None:
    art.ground(400, 672, 190)
    art.solid(box(376, 110, 48, 60, 8), METAL, depth=5)
    art.flat(box(388, 118, 24, 26, 4), PORT)
    art.round(box(312, 160, 176, 512, 74))
    art.line(path("M314 300 C360 312 440 312 486 300"), art.own.deep, 4)
    for i in range(4):
        art.flat(oval(400, 470 + i * 30, 7), tones("turquoise").light if i else art.own.deep)
    cap = box(520, 560, 120, 106, 40)
    art.drop(cap, far=10)
    art.solid(cap, shifted(art.own, WHITE, 0.15), depth=14)
    art.shine(smooth("540,590 560,580 556,640 540,636"), opacity=0.4)
