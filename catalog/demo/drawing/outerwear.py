"""Silhouettes of jackets and coats, laid flat in front of the wall."""

from __future__ import annotations

from catalog.demo.drawing.art import METAL, Art, lines, shifted, silhouette
from catalog.demo.drawing.palette import NIGHT, tones
from catalog.demo.drawing.path import Path, box, oval, path, smooth

JACKET = path(
    "M322 160 C360 186 440 186 478 160 C520 170 560 184 586 202 C614 220 624 248 632 284"
    " L690 604 C672 620 640 626 614 622 L556 388 C554 470 556 560 562 664"
    " C500 680 300 680 238 664 C244 560 246 470 244 388 L186 622 C160 626 128 620 110 604"
    " L168 284 C176 248 186 220 214 202 C240 184 280 170 322 160 Z"
)
COAT = path(
    "M330 130 C364 152 436 152 470 130 C510 140 544 152 566 168 C592 186 600 212 606 244"
    " L654 560 C638 574 608 580 584 576 L540 352 C548 480 562 620 574 724"
    " C500 742 300 742 226 724 C238 620 252 480 260 352 L216 576 C192 580 162 574 146 560"
    " L194 244 C200 212 208 186 234 168 C256 152 290 140 330 130 Z"
)
ARMHOLES = lines("M246 396 C248 330 240 276 222 232", "M554 396 C552 330 560 276 578 232")


def _cut(art: Art, body: Path, *, depth: float = 30) -> None:
    """Lay a jacket: shadow, dark inside of the neck, cloth, creases, armholes."""
    art.drop(body)
    art.flat(oval(400, body.bounds()[1] + 14, 82, 26), art.own.ink)
    art.solid(body, depth=depth)
    with art.within(body):
        art.fold(path("M248 380 C296 450 282 560 258 690 L236 690 L238 380 Z"))
        art.fold(path("M552 370 C506 450 520 560 542 690 L566 690 L562 380 Z"), opacity=0.4)
        art.fold(path("M150 430 L230 470 L160 500 Z").both(), opacity=0.3)
    art.line(ARMHOLES.moved(0, body.bounds()[1] - 160), width=3.2, opacity=0.6)


def _zip(art: Art, x: float, top: float, bottom: float) -> None:
    art.line(path(f"M{x} {top} L{x} {bottom}"), art.own.ink, 9)
    art.stitch(path(f"M{x} {top} L{x} {bottom}"), METAL.base, width=4.4)


def _hood(art: Art) -> None:
    hood = path(
        "M284 214 C262 124 330 72 400 72 C470 72 538 124 516 214 C470 246 330 246 284 214 Z"
    )
    art.drop(hood, far=12)
    art.solid(hood, depth=22)
    art.flat(smooth("400,106 466,146 470,200 400,230 330,200 334,146"), art.own.ink, opacity=0.9)


@silhouette("rain-jacket")
def rain_jacket(art: Art) -> None:
    """Draw a hooded rain jacket with a storm flap and sealed pockets."""
    _hood(art)
    _cut(art, JACKET)
    flap = box(384, 192, 40, 486, 6)
    art.fold(flap.moved(6, 2), blur=7, opacity=0.5)
    art.solid(flap, depth=7)
    for y in (250, 360, 470, 580):
        art.flat(oval(404, y, 7), art.own.deep)
        art.shine(oval(402, y - 2, 3), opacity=0.7, blur=0)
    art.solid(
        path("M312 176 C350 226 450 226 488 176 L498 214 C450 262 350 262 302 214 Z"), depth=10
    )
    for pocket in (
        path("M280 470 L352 456 L356 476 L284 492 Z"),
        path("M520 470 L448 456 L444 476 L516 492 Z"),
    ):
        art.fold(pocket.moved(0, 6), blur=4)
        art.solid(pocket, shifted(art.own, NIGHT, 0.12), depth=4)
    art.shine(
        path("M200 250 C190 320 170 400 152 480 L166 484 C186 400 208 320 214 256 Z"),
        opacity=0.35,
        blur=5,
    )


@silhouette("puffer")
def puffer(art: Art) -> None:
    """Draw a quilted down jacket: each baffle is a volume of its own."""
    collar = path(
        "M316 180 C312 140 330 118 400 118 C470 118 488 140 484 180 C450 204 350 204 316 180 Z"
    )
    art.drop(JACKET)
    art.solid(JACKET, depth=30)
    with art.within(JACKET):
        for i, y in enumerate(range(196, 690, 62)):
            sag = 14 if i % 2 else 10
            roll = path(
                f"M236 {y} C320 {y + sag} 480 {y + sag} 564 {y} L564 {y + 62} C480 "
                f"{y + 62 + sag} 320 {y + 62 + sag} 236 {y + 62} Z"
            )
            art.solid(roll, depth=17)
        for i in range(7):
            sleeve = box(86, 226 + i * 60, 160, 61, 24).turned(11, (166, 256 + i * 60))
            art.solid(sleeve.moved(20 - i * 5, 0).both(), depth=15)
    art.solid(collar, depth=18)
    art.line(path("M322 158 C350 180 450 180 478 158"), width=3, opacity=0.6)
    _zip(art, 400, 128, 674)
    art.solid(box(452, 340, 64, 34, 6), shifted(art.own, NIGHT, 0.2), depth=3)


@silhouette("denim-jacket")
def denim_jacket(art: Art) -> None:
    """Draw a denim jacket with yokes, flap pockets, copper buttons and orange seams."""
    thread = (214, 150, 84)
    body = JACKET.scaled(1, 0.92, about=(400, 160))
    _cut(art, body)
    art.line(
        lines("M250 300 C300 316 360 316 392 306", "M550 300 C500 316 440 316 408 306"), width=3
    )
    art.stitch(
        lines("M250 308 C300 324 360 324 392 314", "M550 308 C500 324 440 324 408 314"), thread
    )
    for side in (0, 1):
        flap = path("M288 330 L370 330 L370 362 L329 380 L288 362 Z")
        flap = flap.mirrored() if side else flap
        art.fold(flap.moved(0, 7), blur=5)
        art.solid(flap, depth=5)
        art.flat(oval(329 if not side else 471, 362, 6), (190, 120, 74))
    art.stitch(
        lines("M300 386 L318 590", "M358 386 L348 590", "M500 386 L482 590", "M442 386 L452 590"),
        thread,
    )
    art.solid(box(246, 590, 308, 42, 4), depth=6)
    art.stitch(path("M250 600 L550 600 M250 622 L550 622"), thread)
    art.line(path("M400 190 L400 630"), width=4)
    for y in range(226, 620, 62):
        art.flat(oval(414, y, 8), (186, 116, 70))
        art.shine(oval(412, y - 3, 3), opacity=0.7, blur=0)
    _lapels(art, "M322 158 L400 214 L344 262 L292 190 Z")


def _lapels(art: Art, drawn: str, *, depth: float = 10) -> None:
    for lapel in (path(drawn), path(drawn).mirrored()):
        art.fold(lapel.moved(2, 8), blur=6, opacity=0.45)
        art.solid(lapel, depth=depth)


@silhouette("coat")
def coat(art: Art) -> None:
    """Draw a long wool coat with wide lapels and a belt."""
    _cut(art, COAT, depth=34)
    art.fold(path("M392 330 L404 330 L412 730 L392 730 Z"), blur=5, opacity=0.5)
    art.line(path("M400 330 L402 732"), width=3)
    _lapels(art, "M332 128 L402 330 L330 300 L312 240 L276 226 Z", depth=12)
    belt = box(256, 410, 288, 36, 4)
    art.fold(belt.moved(0, 8), blur=6, opacity=0.5)
    art.solid(belt, shifted(art.own, NIGHT, 0.06), depth=6)
    art.solid(path("M386 404 L428 404 L430 452 L388 452 Z"), depth=8)
    art.solid(path("M404 450 L426 450 L440 570 L412 574 Z"), depth=8)
    for pocket in (
        path("M280 500 L346 488 L350 508 L284 522 Z"),
        path("M520 500 L454 488 L450 508 L516 522 Z"),
    ):
        art.solid(pocket, depth=4)


@silhouette("field-jacket")
def field_jacket(art: Art) -> None:
    """Draw a waxed jacket: corduroy collar, brass zip, four bellows pockets."""
    _cut(art, JACKET)
    art.line(path("M400 200 L400 676"), art.own.ink, 8)
    art.stitch(path("M400 204 L400 672"), (212, 172, 96), width=4)
    for x, y, w, h in (
        (276, 310, 92, 80),
        (432, 310, 92, 80),
        (262, 490, 112, 120),
        (426, 490, 112, 120),
    ):
        art.fold(box(x, y, w, h, 8).moved(3, 8), blur=6)
        art.solid(box(x, y, w, h, 8), depth=7)
        art.solid(
            path(
                f"M{x - 4} {y - 6} H{x + w + 4} V{y + 24} L{x + w / 2} {y + 38} L{x - 4} {y + 24} Z"
            ),
            depth=6,
        )
        art.flat(oval(x + w / 2, y + 22, 6), (212, 172, 96))
    cord = tones("coffee")
    for side in (
        path("M322 152 L400 196 L352 254 L290 196 Z"),
        path("M322 152 L400 196 L352 254 L290 196 Z").mirrored(),
    ):
        art.fold(side.moved(2, 7), blur=6)
        art.solid(side, cord, depth=8)
        with art.within(side):
            art.line(
                path("".join(f"M{x} 140 L{x + 30} 270 " for x in range(250, 540, 9))),
                cord.deep,
                2,
                opacity=0.5,
            )


@silhouette("biker-jacket")
def biker_jacket(art: Art) -> None:
    """Draw a biker jacket: slanted zip, snapped lapels, belt, zipped cuffs."""
    body = JACKET.scaled(1, 0.9, about=(400, 160))
    _cut(art, body)
    art.line(path("M356 236 L430 616"), art.own.ink, 9)
    art.stitch(path("M356 236 L430 616"), METAL.light, width=4.6)
    _lapels(art, "M324 154 L396 208 L372 330 L290 250 L306 226 L280 210 Z")
    for x, y in ((304, 240), (496, 240), (368, 314), (432, 314)):
        art.flat(oval(x, y, 6), METAL.base)
        art.shine(oval(x - 1, y - 2, 2.5), blur=0, opacity=0.9)
    for zip_line in (
        "M276 400 L338 440",
        "M524 400 L470 436",
        "M150 560 L170 500",
        "M650 560 L630 500",
    ):
        art.line(path(zip_line), art.own.ink, 7)
        art.stitch(path(zip_line), METAL.light, width=3.6)
    art.solid(box(248, 578, 304, 36, 4), depth=6)
    art.solid(box(470, 572, 44, 48, 6), METAL, depth=4)
    art.flat(box(480, 582, 24, 28, 4), art.own.deep)
    art.shine(
        path("M214 236 C196 320 180 400 160 500 L172 502 C196 400 216 320 226 244 Z"),
        opacity=0.4,
        blur=5,
    )


@silhouette("leather-jacket")
def leather_jacket(art: Art) -> None:
    """Draw a plain leather jacket: stand-up collar, one brass zip, two slanted pockets."""
    body = JACKET.scaled(1, 0.94, about=(400, 160))
    collar = path(
        "M318 186 C316 150 336 132 400 132 C464 132 484 150 482 186 C450 206 350 206 318 186 Z"
    )
    _cut(art, body)
    art.solid(collar, depth=12)
    art.line(path("M400 140 L400 644"), art.own.ink, 8)
    art.stitch(path("M400 140 L400 640"), (212, 172, 96), width=4.4)
    art.line(lines("M268 470 L330 420", "M532 470 L470 420"), art.own.ink, 8)
    art.line(
        lines("M252 290 C300 306 350 300 396 286", "M548 290 C500 306 450 300 404 286"),
        width=3,
        opacity=0.7,
    )
    art.shine(
        path("M214 236 C196 320 180 400 160 520 L178 522 C204 400 222 320 232 246 Z"),
        opacity=0.32,
        blur=7,
    )
    art.shine(
        path("M280 330 C300 400 296 460 290 520 L310 520 C318 450 316 390 304 330 Z"),
        opacity=0.22,
        blur=8,
    )
    art.line(box(246, 604, 308, 36, 4), width=3, opacity=0.5)
