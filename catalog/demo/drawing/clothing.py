"""Silhouettes of T-shirts, sweatshirts and hoodies, laid flat in front of the wall."""

from __future__ import annotations

from catalog.demo.drawing.art import Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import WHITE, Colour, mix, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

TEE = path(
    "M318 168 C350 200 450 200 482 168 C520 176 560 190 588 206 C612 220 624 246 632 274"
    " L662 366 C626 386 594 396 566 402 L548 350 C548 440 550 560 558 656"
    " C500 672 300 672 242 656 C250 560 252 440 252 350 L234 402 C206 396 174 386 138 366"
    " L168 274 C176 246 188 220 212 206 C240 190 280 176 318 168 Z"
)
LONG = path(
    "M318 168 C350 200 450 200 482 168 C520 176 556 190 580 206 C606 222 616 246 624 280"
    " L692 600 C676 614 646 620 622 618 L552 380 C550 470 550 580 558 672"
    " C500 688 300 688 242 672 C250 580 250 470 248 380 L178 618 C154 620 124 614 108 600"
    " L176 280 C184 246 194 222 220 206 C244 190 280 176 318 168 Z"
)
ARMHOLES = lines("M250 356 C254 316 246 276 226 240", "M550 356 C546 316 554 276 574 240")


@silhouette("t-shirt")
def t_shirt(
    art: Art,
    *,
    collar: str = "crew",
    sleeves: str = "short",
    pattern: str = "",
    print: str = "",
    pocket: bool = False,
    raglan: bool = False,
    reflective: bool = False,
    stack: int = 1,
) -> None:
    """Draw a T-shirt; ``stack`` lays more of the same behind it."""
    body = LONG if sleeves == "long" else TEE
    for behind in range(stack - 1, 0, -1):
        further = body.moved(-34 * behind, -26 * behind)
        art.drop(further, far=12)
        art.solid(further, depth=26)
    art.drop(body)
    art.flat(oval(400, 172, 84, 24), mix(art.own.deep, art.own.ink, 0.4))
    art.solid(body, depth=26)
    with art.within(body):
        _cloth(art, body, pattern, raglan=raglan)
        _chest(art, print=print, pocket=pocket, reflective=reflective)
    _collar(art, collar)


def _cloth(art: Art, body: Path, pattern: str, *, raglan: bool) -> None:
    """Lay the pattern, the creases and the seams of a top."""
    if pattern == "striped":
        _stripes(art, art.own.base if not art.pale else art.own.deep)
    if raglan:
        dark = mix(art.own.shade, art.own.deep, 0.5)
        art.flat(path("M330 150 L252 360 L120 420 L100 250 Z").both(), dark, opacity=0.85)
    art.fold(lines("M254 340 C300 420 284 540 262 656 L244 656 L246 340 Z"), opacity=0.36)
    art.fold(lines("M546 330 C500 420 522 540 540 656 L560 656 L554 340 Z"), opacity=0.42)
    art.fold(smooth("320,560 400,600 480,552 400,622"), opacity=0.22)
    bottom = body.bounds()[3]
    art.stitch(path(f"M238 {bottom - 30} C300 {bottom - 14} 500 {bottom - 14} 562 {bottom - 30}"))
    if not raglan:
        art.line(ARMHOLES, width=3.2, opacity=0.6)


def _stripes(art: Art, colour: Colour, *, gap: int = 38) -> None:
    """Lay horizontal stripes that sag a little, on a light cloth."""
    art.flat(box(0, 0, 800, 800), (246, 241, 231), opacity=0.9)
    for y in range(232, 720, gap):
        art.line(path(f"M60 {y - 6} C240 {y + 8} 560 {y + 8} 740 {y - 6}"), colour, 15)


def _chest(art: Art, *, print: str, pocket: bool, reflective: bool) -> None:
    if pocket:
        patch = path("M448 300 L528 300 L528 372 L488 392 L448 372 Z")
        art.fold(patch.moved(3, 6), blur=5)
        art.solid(patch, depth=5)
        art.stitch(path("M454 312 L522 312"))
    if print == "dinosaur":
        _dinosaur(art)
    if reflective:
        silver = (226, 230, 234)
        art.flat(path("M262 300 L538 262 L538 286 L262 324 Z"), silver)
        art.flat(path("M150 330 L250 372 L246 390 L144 346 Z").both(), silver)


def _dinosaur(art: Art) -> None:
    """Draw the slow green dinosaur of the children's shirt."""
    green, dark = tones("green"), (58, 104, 66)
    back = [(330, 442), (352, 402), (384, 386), (416, 388), (444, 408)]
    for x, y in back:
        art.flat(
            path(f"M{x - 14} {y + 10} L{x} {y - 20} L{x + 14} {y + 10} Z"), tones("orange").base
        )
    body = smooth(
        "262,470 310,452 352,402 412,396 452,420 468,372 500,350 536,362 540,388 506,400 "
        "500,452 470,494 330,498"
    )
    art.flat(
        path("M340 470 L372 470 L372 534 L336 534 Z M432 470 L466 470 L468 534 L434 534 Z"), dark
    )
    art.solid(body, green, depth=10)
    art.flat(oval(512, 368, 6), (28, 40, 32))
    art.line(path("M520 388 Q530 388 536 382"), dark, 3)


def _collar(art: Art, collar: str) -> None:
    rib = mix(art.own.base, art.own.shade, 0.7)
    if collar == "v":
        art.flat(path("M322 166 L400 276 L478 166 Z"), mix(art.own.deep, art.own.ink, 0.4))
        art.line(path("M316 166 L400 280 L484 166"), rib, 16)
        art.line(path("M308 172 L400 292 L492 172"), width=2.4, opacity=0.7)
    elif collar == "boat":
        art.line(path("M306 172 C350 188 450 188 494 172"), rib, 13)
    else:
        art.line(path("M318 168 C350 208 450 208 482 168"), rib, 15)
        art.line(path("M311 173 C346 218 454 218 489 173"), width=2.4, opacity=0.7)


@silhouette("sweatshirt")
def sweatshirt(art: Art, *, texture: str = "") -> None:
    """Draw a crew-neck sweatshirt; the waffle texture is a grid of soft lines."""
    art.drop(LONG)
    art.flat(oval(400, 172, 84, 24), mix(art.own.deep, art.own.ink, 0.4))
    art.solid(LONG, depth=28)
    with art.within(LONG):
        if texture == "waffle":
            _waffle(art)
        _cloth(art, LONG, "", raglan=False)
    _ribs(art)
    _collar(art, "crew")


def _waffle(art: Art) -> None:
    for at in range(100, 720, 17):
        art.line(
            path(f"M{at} 160 L{at} 700 M100 {at + 60} L700 {at + 60}"), width=2.4, opacity=0.16
        )


def _ribs(art: Art, *, stretch: float = 1) -> None:
    """Draw ribbed hem and cuffs."""
    rib = shifted(art.own, art.own.deep, 0.28)
    for part in (
        path("M243 640 C300 656 500 656 557 640 L556 690 C500 702 300 702 244 690 Z"),
        path("M112 580 C134 602 160 604 186 596 L178 636 C152 640 120 634 100 622 Z").both(),
    ):
        art.solid(part.scaled(stretch, 1), rib, depth=7)
    ticks = "".join(f"M{x} 656 L{x} 690 " for x in range(262, 548, 15))
    art.line(path(ticks), width=2, opacity=0.5)


@silhouette("hoodie")
def hoodie(
    art: Art, *, zip: bool = False, wide: bool = False, strings: bool = True, spikes: bool = False
) -> None:
    """Draw a hoodie with a kangaroo pocket, or with a zip and two slit pockets."""
    body = LONG.scaled(1.07, 1) if wide else LONG
    hood = path(
        "M286 226 C262 130 330 74 400 74 C470 74 538 130 514 226 C470 256 330 256 286 226 Z"
    )
    art.drop(body + hood)
    if spikes:
        _spikes(art)
    art.solid(hood, depth=22)
    art.flat(smooth("400,104 470,150 474,206 400,240 326,206 330,150"), art.own.ink, opacity=0.85)
    art.solid(body, depth=28)
    with art.within(body):
        _cloth(art, body, "", raglan=False)
    _ribs(art, stretch=1.07 if wide else 1)
    _pocket(art, zip=zip)
    art.solid(
        path(
            "M302 184 C330 236 372 262 400 272 C428 262 470 236 498 184 C520 206 512 236 488 262"
            " C460 290 424 300 400 302 C376 300 340 290 312 262 C288 236 280 206 302 184 Z"
        ),
        depth=12,
    )
    if strings and not spikes:
        art.line(
            path("M372 284 C366 330 368 360 362 396 M428 284 C434 330 432 356 438 384"),
            WHITE if not art.pale else art.own.deep,
            6,
        )


def _pocket(art: Art, *, zip: bool) -> None:
    if zip:
        art.line(path("M400 300 L400 694"), art.own.deep, 12)
        art.stitch(path("M400 304 L400 690"), (226, 228, 232), width=4)
        art.line(lines("M300 500 L278 590", "M500 500 L522 590"), art.own.deep, 7)
        return
    pouch = path("M318 478 L482 478 L532 580 L520 622 L280 622 L268 580 Z")
    art.fold(pouch.moved(2, 8), blur=8)
    art.solid(pouch, depth=10)
    art.stitch(lines("M326 488 L282 580", "M474 488 L518 580"))


def _spikes(art: Art) -> None:
    """Draw the felt spikes of the dinosaur hoodie, along the hood."""
    felt = tones("yellow" if art.colour != "orange" else "green")
    for x, y, turn in (
        (400, 62, 0),
        (334, 84, -28),
        (466, 84, 28),
        (286, 140, -58),
        (514, 140, 58),
    ):
        art.solid(
            path(f"M{x - 30} {y + 34} L{x} {y - 24} L{x + 30} {y + 34} Z").turned(turn, (x, y)),
            felt,
            depth=7,
        )
