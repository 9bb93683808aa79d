"""Clients that others generate from the API's schema: do they hold together?

`python -m bench.clients` generates from docs/api/openapi.json

- TypeScript types (openapi-typescript), and type-checks a small app against them by strict tsc,
  together with lines that must be errors;
- a Kotlin client (OpenAPI Generator, which needs Java), and compiles it with JetBrains' compiler
  together with a small app, and with lines that must be errors. The two libraries it leans on are
  there as signatures (`bench/kotlin/`): what is checked is the client, not what they do;
- a Swift client, and checks its types with `swiftc` (or `SWIFTC`) together with a small app, and
  with lines that must be errors. Without a compiler (Debian has it from 13 on: `swiftlang`) every
  file that is made of the schema is parsed with a grammar of the language, which stumbles over the
  generator's own `as! T`, and the client is called parsed.

Nothing is sent anywhere but for packages. Each result says what was checked, or why it was not.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import peers

BENCH = Path(__file__).resolve().parent
SCHEMA = BENCH.parent / "docs" / "api" / "openapi.json"
RESULTS, WORK = BENCH / "results" / "clients.json", BENCH / "results" / "clients"
NPM = ["openapi-typescript@7", "typescript@5"]
COMPILER = "kotlin-compiler@2.4.20"
SIGNATURES = BENCH / "kotlin"
APP = """
import type { paths, components } from "./schema";
type Cart = components["schemas"]["CartOut"];
type Found = paths["/api/v1/search/"]["get"]["responses"]["200"]["content"]["application/json"];
type Adding = paths["/api/v1/cart/lines/"]["post"]["requestBody"]["content"]["application/json"];
type Answers = paths["/api/v1/cart/lines/"]["post"]["responses"];
type Refused = Answers["409"]["content"]["application/problem+json"];
export function first(found: Found): string | null {
  return found.hits[0]?.price ?? null;
}
export const wanted: Adding = { variant: 412, quantity: 2 };
export const total = (cart: Cart): string => Object.values(cart.totals).join(" + ");
export const why = (problem: Refused): string => `${problem.code}: ${problem.next_step}`;
// @ts-expect-error an amount is text
export const amount: number = ({} as Cart).parcels[0].sum.total;
// @ts-expect-error a variant is needed
export const nothing: Adding = { quantity: 1 };
"""
KOTLIN_APP = """
package shopper
import org.openapitools.client.apis.CartApi
import org.openapitools.client.apis.CatalogueApi
import org.openapitools.client.models.Adding
import org.openapitools.client.models.CartOut

fun wanted(catalogue: CatalogueApi, cart: CartApi): String {
    val title: String? = catalogue.search(q = "mug").hits.firstOrNull()?.title
    val full: CartOut = cart.cartAdd(Adding(variant = 412, quantity = 2))
    return "$title: ${full.totals.values.joinToString(" + ")}"
}
"""
# Each of these lines must be an error by itself.
KOTLIN_WRONG = """
package wrong
import org.openapitools.client.models.Adding
import org.openapitools.client.models.CartOut
val nothing = Adding(quantity = 2)
fun amount(cart: CartOut): Int = cart.totals
"""
SWIFT_APP = """
func wanted() async throws -> String {
    let title: String? = try await CatalogueAPI.search(q: "mug").hits.first?.title
    let full: CartOut = try await CartAPI.cartAdd(adding: Adding(variant: 412, quantity: 2))
    return "\\(title ?? ""): \\(full.totals.values.joined(separator: " + "))"
}
"""
# Each of these lines must be an error by itself.
SWIFT_WRONG = """
let nothing = Adding(quantity: 2)
func amount(cart: CartOut) -> Int { cart.totals }
"""
PARSE = """
import pathlib, sys
import tree_sitter_swift
from tree_sitter import Language, Parser
parser = Parser(Language(tree_sitter_swift.language()))
files = sorted(one for one in pathlib.Path(sys.argv[1]).rglob("*.swift")
               if "Infrastructure" not in one.parts)
bad = [one.name for one in files if parser.parse(one.read_bytes()).root_node.has_error]
print(len(files), len(bad), *bad[:10])
"""


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def typescript() -> dict[str, Any]:
    """Generate types and check an app against them."""
    if not shutil.which("npm"):
        return {"checked": "no", "why": "npm is not installed"}
    folder = WORK / "typescript"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}')
    installed = run(["npm", "install", "--silent", "--no-audit", "--no-fund", *NPM], folder)
    if installed.returncode:
        return {"checked": "no", "why": installed.stderr.strip()[-300:]}
    made = run(["npx", "openapi-typescript", str(SCHEMA), "-o", "schema.d.ts"], folder)
    (folder / "app.ts").write_text(APP)
    flags = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "false", "--target", "es2022"]
    checked = run(["npx", "tsc", *flags, "app.ts", "schema.d.ts"], folder)
    return {
        "checked": "types",
        "ok": made.returncode == 0 and checked.returncode == 0,
        "lines": len((folder / "schema.d.ts").read_text().splitlines()) if not made.returncode
        else 0,
        "said": (made.stderr[-300:] if made.returncode else checked.stdout[-1_000:]).strip(),
    }  # fmt: skip


def not_generated(interpreter: str, generator: str, folder: Path) -> str:
    """Generate a client anew, and return why that was not possible, nothing if it was."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tool = str(Path(interpreter).with_name("openapi-generator-cli"))
    command = [tool, "generate", "-i", str(SCHEMA), "-g", generator, "-o", str(folder)]
    made = run(command, folder)
    return (made.stderr or made.stdout).strip()[-400:] if made.returncode else ""


def kotlin() -> dict[str, Any]:
    """Generate a client and compile it, an app on it, and what must not compile."""
    if not (shutil.which("java") and shutil.which("npm")):
        return {"checked": "no", "why": "the generator needs Java, its compiler comes by npm"}
    folder, tools = WORK / "kotlin", WORK / "kotlin-tools"
    if why := not_generated(str(peers.python("clients")), "kotlin", folder):
        return {"checked": "no", "why": why}
    tools.mkdir(exist_ok=True)
    (tools / "package.json").write_text('{"private": true}')
    installed = run(["npm", "install", "--silent", "--no-audit", "--no-fund", COMPILER], tools)
    if installed.returncode:
        return {"checked": "generated", "why": installed.stderr.strip()[-300:]}
    (folder / "App.kt").write_text(KOTLIN_APP)
    (folder / "Wrong.kt").write_text(KOTLIN_WRONG)
    sources = sorted([*(folder / "src" / "main").rglob("*.kt"), *SIGNATURES.glob("*.kt")])
    compiled = run(kotlinc(tools, folder, [*sources, folder / "App.kt"]), folder)
    refused = run(kotlinc(tools, folder, [folder / "Wrong.kt"]), folder)
    wrong = {line for line in refused.stderr.splitlines() if "error:" in line}
    said = compiled.stderr or ("" if len(wrong) == 2 else f"not refused: {refused.stderr}")
    return {"checked": "types", "ok": not compiled.returncode and len(wrong) == 2,
            "files": len(sources) + 1, "said": said.strip()[-1_000:]}  # fmt: skip


def kotlinc(tools: Path, folder: Path, sources: list[Path]) -> list[str]:
    """Return the command that compiles some files; what was compiled before is there for them."""
    home, made = tools / "node_modules" / "kotlin-compiler", folder / "classes"
    made.mkdir(exist_ok=True)
    return ["java", "-Xmx1500m", "-cp", f"{home}/lib/*",
            "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-nowarn", "-no-reflect",
            "-kotlin-home", str(home), "-cp", str(made), "-d", str(made),
            *map(str, sources)]  # fmt: skip


def swift() -> dict[str, Any]:
    """Generate a client, and check its types where there is a compiler; else parse its files."""
    if not shutil.which("java"):
        return {"checked": "no", "why": "the generator needs Java"}
    interpreter, folder = str(peers.python("clients")), WORK / "swift"
    if why := not_generated(interpreter, "swift6", folder):
        return {"checked": "no", "why": why}
    if compiler := shutil.which(os.environ.get("SWIFTC", "swiftc")):
        return swift_types(compiler, folder)
    parsed = run([interpreter, "-c", PARSE, str(folder)], folder)
    if parsed.returncode:
        return {"checked": "generated", "why": parsed.stderr.strip()[-300:]}
    files, bad, *names = parsed.stdout.split()
    return {"checked": "syntax", "ok": bad == "0" and files != "0", "files": int(files),
            "bad": names}  # fmt: skip


def swift_types(compiler: str, folder: Path) -> dict[str, Any]:
    """Check the types of the client with an app on it, then again with what must be refused."""
    (folder / "App.swift").write_text(SWIFT_APP)
    (folder / "Wrong.swift").write_text(SWIFT_WRONG)
    sources = [str(one) for one in sorted((folder / "Sources").rglob("*.swift"))]
    check = [compiler, "-typecheck", "-swift-version", "6", *sources]
    passed = run([*check, "App.swift"], folder)
    refused = run([*check, "Wrong.swift"], folder)
    wrong = set(re.findall(r"^(.+?:\d+):\d+: error:", refused.stderr, re.MULTILINE))
    caught = wrong == {"Wrong.swift:2", "Wrong.swift:3"}
    said = passed.stderr if passed.returncode else "" if caught else f"not so: {refused.stderr}"
    return {"checked": "types", "ok": not passed.returncode and caught,
            "files": len(sources) + 1, "said": said.strip()[-1_000:]}  # fmt: skip


def main() -> int:
    """Generate all, print a table, write JSON; 1 if something that was checked is wrong."""
    results: dict[str, Any] = {}
    for work in (typescript, kotlin, swift):
        name = work.__name__
        start = time.monotonic()
        found = results[name] = work()
        found["seconds"] = round(time.monotonic() - start, 1)
        told = found.get("why") or found.get("said") or ""
        said = "ok" if found.get("ok") else "WRONG" if "ok" in found else ""
        print(f"{name:<12} {found['checked']:<10} {said:<6} {found['seconds']:>7} s  {told[:200]}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1), "utf-8")
    return int(any(one.get("ok") is False for one in results.values()))


if __name__ == "__main__":
    sys.exit(main())
