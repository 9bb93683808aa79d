"""``make demo`` after its packages are there: services, tables, shop, index, product, in order.

Prints the address when the health gate has passed, then watches. Ctrl-C and SIGTERM stop all in
reverse order; if this process is killed, the kernel ends its children and the keeper notices.
"""

import hashlib
import os
import signal
import sys
import time
from contextlib import ExitStack

from shopguide.embedded import listening
from shopguide.embedded.addresses import ROOT, data_dir
from shopguide.embedded.children import Child, follow_make, spawn, stop
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.leasing import Lease, ensure
from shopguide.embedded.locking import Lock
from shopguide.embedded.places import Places, cluster_dir
from shopguide.embedded.product import Product
from shopguide.embedded.setting_up import DEMO_STAGES
from shopguide.embedded.stages import MODEL_CODE, Stamps, command, fingerprint, stage, weights
from shopguide.embedded.telling import Teller, fail
from shopguide.embedded.translating import translate

WATCH_S = 0.25
TABLES = ("*/migrations/*.py", "shopguide/*/migrations/*.py")
SHOP = ("catalog/demo/**/*", "catalog/feeds/**/*.py", "catalog/models/**/*.py")
INDEX = (*SHOP, "catalog/text/**/*", "catalog/lexicon/**/*", "catalog/*.py", "catalog/search/**/*")
MESSAGES = (*MODEL_CODE, "assistant/understanding/**/*")
KNOWLEDGE = ("assistant/knowledge/**/*", "assistant/models/article.py")
READY = """
ShopGuide is ready · 导购已就绪 ({seconds:.1f} s)

  Shop 商城               {address}/
  Merchant portal 商家后台 {address}/merchant/
  Operator 运营管理        {address}/operator/

  Demo logins 演示账号 (password 密码: shopguide-demo)
    shopper@example.com · merchant@example.com · editor@example.com
    agent@example.com · rival@example.com · operator@example.com

  Logs 日志 {logs}
  Ctrl-C stops everything · 按 Ctrl-C 停止全部
"""


class Told(BaseException):
    """Somebody asked us to stop."""


def main() -> int:
    """Bring the product up, watch it, and take it down."""
    ready = False
    begun = time.monotonic()
    follow_make()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, told_to_stop)
    try:
        with ExitStack() as stack:
            places = Places.of(data_dir())
            only_one(places)
            listening.check_port_free()
            lease, product = bring_up(stack, places)
            print(READY.format(**facts(places, begun)), flush=True)
            ready = True
            watch(lease, product)
    except EmbeddedError as error:
        return fail(error)
    except (Told, BrokenPipeError):
        pass
    return 0 if ready else 130


def told_to_stop(number: int, frame: object) -> None:
    """Turn a signal into the end of whatever we are doing."""
    ignore_signals()
    raise Told


def ignore_signals() -> None:
    """Let nothing interrupt the way down; it has deadlines of its own."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def facts(places: Places, begun: float) -> dict[str, object]:
    """Return what the last message tells."""
    return {
        "seconds": time.monotonic() - begun,
        "address": listening.address(),
        "logs": places.data / "logs",
    }


def only_one(places: Places) -> Lock:
    """Refuse to run twice from one data directory."""
    lock = Lock(places.run / "demo.lock")
    if not lock.try_once():
        raise EmbeddedError(
            f"ShopGuide already runs from {places.data}.",
            "end it with Ctrl-C there, or give this one its own: make demo DATA_DIR=… PORT=…",
        )
    return lock


def bring_up(stack: ExitStack, places: Places) -> tuple[Lease | None, Product]:
    """Carry out every stage; what was started is taken down by ``stack``."""
    teller, stamps = Teller(DEMO_STAGES), Stamps(places.data / "stamps")
    os.environ["DATA_DIR"] = str(places.data)
    weights(teller, stamps, places.data)
    lease = services(stack, teller, places)
    learner = learning(stack, stamps, places)
    fill(teller, stamps, known_database(places))
    learned(teller, stamps, learner)
    product = Product(places, environment())
    stack.callback(take_down, product)
    teller.begin("Product", "starting workers, beat and web")
    product.start()
    product.wait_ready(teller)
    late = "" if product.is_warm() else "; the query model loads, until then words alone decide"
    teller.done(f"healthy{late}")
    return lease, product


def services(stack: ExitStack, teller: Teller, places: Places) -> Lease | None:
    """Lease the embedded services, unless the environment names others."""
    if os.environ.get("DATABASE_URL") or os.environ.get("BROKER_URL"):
        teller.begin("Services", "using those of DATABASE_URL and BROKER_URL")
        return None
    teller.begin("Services", "starting Postgres and Valkey")
    lease = ensure(places.data, say=teller.note)
    os.environ.update(stack.enter_context(lease).environ())
    teller.done("both answer")
    return lease


def learning(stack: ExitStack, stamps: Stamps, places: Places) -> Child | None:
    """Begin to learn what messages are for, a minute of one core beside the other stages."""
    if stamps.fresh("Messages", fingerprint(*MESSAGES)):
        return None
    child = spawn(
        "messages",
        command("train", "intent", "--if-lacking"),
        log=places.log("messages"),
        death_signal=signal.SIGTERM,
    )
    stack.callback(stop, [child], wait_s=5)
    return child


def learned(teller: Teller, stamps: Stamps, learner: Child | None) -> None:
    """Wait for the learner; where it failed, a worker tries again once the product runs."""
    if learner is None:
        teller.begin("Messages", "up to date")
        return
    teller.begin("Messages", "learning what they are for")
    if learner.process.wait() == 0:
        stamps.keep("Messages", fingerprint(*MESSAGES))
        teller.done()
    else:
        teller.done(f"not learned, a worker tries again; see {learner.log}")


def known_database(places: Places) -> str:
    """Return what tells this database from one that was made anew in its place."""
    address = os.environ.get("DATABASE_URL", "")
    cluster = cluster_dir(places) / "PG_VERSION"
    born = cluster.stat() if cluster.exists() and "?host=" in address else None
    identity = f"{address} {born.st_ino} {born.st_mtime_ns}" if born else address
    return hashlib.sha256(identity.encode()).hexdigest()


def inputs(database: str) -> dict[str, str]:
    """Return what each stage that fills the database depends on, as one hash each."""
    tables = fingerprint(*TABLES, also=database)
    shop = fingerprint(*SHOP, also=tables)
    index = fingerprint(*INDEX, also=shop)
    vectors = fingerprint(*MODEL_CODE, also=index)
    people = fingerprint(
        "profiles/simulating/*.py", "catalog/demonstrating.py", "assistant/demonstrating.py",
        also=shop,
    )  # fmt: skip
    knowledge = fingerprint(*KNOWLEDGE, also=vectors)
    marketing = fingerprint("marketing/**/demonstrating.py", also=people)
    return {
        "Tables": tables, "Shop": shop, "Index": index, "Vectors": vectors,
        "Knowledge": knowledge, "People": people, "Marketing": marketing,
    }  # fmt: skip


def fill(teller: Teller, stamps: Stamps, database: str) -> None:
    """Bring tables, translations, demo shop, index and vectors up to date."""
    wanted = inputs(database)

    def bring(name: str, what: str, *arguments: str) -> None:
        stage(teller, stamps, name, what, command(*arguments), wanted=wanted[name])

    bring("Tables", "migrating", "migrate", "-v1")
    teller.begin("Translations", "compiling message catalogues")
    teller.done(f"{translate(ROOT)} changed")
    bring("Shop", "loading the demo catalogue", "load_demo")
    bring("Index", "indexing words", "index")
    bring("Vectors", "encoding texts", "encode")
    bring("Knowledge", "writing what shops know", "import_knowledge", "--demo")
    bring("People", "letting shoppers with known tastes look around", "simulate")
    bring("Marketing", "writing, trying, sending and hearing what shops do", "load_marketing")


def environment() -> dict[str, str]:
    """Return the environment of the product's processes."""
    env = {"PYTHONUNBUFFERED": "1", **os.environ}
    if listening.host() not in listening.HERE:
        env.setdefault("ALLOWED_HOSTS", listening.allowed_hosts())
    return env


def take_down(product: Product) -> None:
    """Stop the product and say so."""
    ignore_signals()
    print("\nStopping …", flush=True)
    for child in product.stop():
        print(f"      {child.name} did not stop in time and was killed", flush=True)
    print("      workers, beat and web have stopped", flush=True)


def watch(lease: Lease | None, product: Product) -> None:
    """Watch until a process dies, the services give up, or whoever started us is gone."""
    parent = os.getppid() if "MAKELEVEL" in os.environ else None
    while parent in {None, os.getppid()}:
        product.check()
        hear(lease)
        time.sleep(WATCH_S)
    raise Told


def hear(lease: Lease | None) -> None:
    """Pass on what the keeper says about the services."""
    if lease is None:
        return
    try:
        for text in lease.news():
            print(f"      {text}", flush=True)
    except EOFError:
        raise EmbeddedError(
            "The keeper of the services was ended.", "start again: make demo"
        ) from None


if __name__ == "__main__":
    sys.exit(main())
