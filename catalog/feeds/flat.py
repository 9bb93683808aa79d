"""Make products of flat rows: our own CSV, and any file that a mapping describes.

For files with a row for each product or variant. Rows of one product are brought together first;
where they disagree the first says what holds, and the others are reported.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from catalog.feeds.cells import restored
from catalog.feeds.mapping import Mapping, Rule
from catalog.feeds.own_jsonl import decode
from catalog.feeds.problems import Fault, Problems
from catalog.feeds.records import Path, RawProduct, RawVariant, dotted

VARIANT_FIELDS = {"price", "was", "currency", "stock", "image", "images", "active", "option"}
SHARED_LISTS = {"related"}
OUR_NAMES = {"attribute": "attributes", "option": "options"}
KEYED_PRICES = {"price": "prices", "was": "were"}
# The key of a value without one, where others have one: titles in the file's own language.
UNSAID = {"stock": "main"}
LONGEST_LIST, MOST_NAMES = 500, 20_000
Place = tuple[str, ...]
Said = dict[Place, Any]


class Assembler:
    """Turns rows into raw products by a mapping."""

    def __init__(self, mapping: Mapping, problems: Problems) -> None:
        self.mapping, self.problems = mapping, problems
        self._variants_have_rows = mapping.grouped
        names = {_ours(place): rule.columns[0] for place, rule in mapping.fields.items()}
        if mapping.grouped:
            names[("sku",)] = names[("product_sku",)]
            self._variant_sku = mapping.fields[("sku",)].columns[0]
        self._names = names
        self._attribute_of: dict[str, str] = {}

    def product(self, rows: Sequence[tuple[int, dict[str, Any]]]) -> RawProduct:
        """Return the product of one or several rows."""
        if self.mapping.grouped:
            return self._of_variants(rows)
        line, row = rows[0]
        said = self._read(row, line)
        whole = {place: value for place, value in said.items() if place[0] != "option"}
        raw = RawProduct(line, self._nested(whole), None, name=self.name, size=_size(row))
        if self.mapping.variant_list:
            raw.variants = self._listed(row, line)
        elif any(place[0] == "option" for place in said):
            raw.variants = [RawVariant(line, self._nested(said))]
            raw.listed = False
        return raw

    def _of_variants(self, rows: Sequence[tuple[int, dict[str, Any]]]) -> RawProduct:
        """Return the product of rows that are one variant each."""
        merged: Said = {}
        lines: dict[str, int] = {}
        variants = []
        for line, row in rows:
            said = self._read(row, line)
            own = {p: v for p, v in said.items() if p[0] in VARIANT_FIELDS or p == ("sku",)}
            variants.append(RawVariant(line, self._nested(own), rows=1))
            self._merge(merged, {p: v for p, v in said.items() if p not in own}, lines, line)
        merged[("sku",)] = merged.pop(("product_sku",), None) or said.get(("sku",))
        first = rows[0][0]
        return RawProduct(
            first, self._nested(merged), variants, rows=0, name=self.name, lines=lines,
            listed=False, size=sum(_size(row) for _line, row in rows),
        )  # fmt: skip

    def _merge(self, merged: Said, said: Said, lines: dict[str, int], line: int) -> None:
        for place, value in said.items():
            before = merged.get(place)
            if before is None:
                merged[place] = value
                lines.setdefault(_ours(place)[0], line)
            elif place[0] in SHARED_LISTS:
                merged[place] = list(dict.fromkeys([*before, *value]))
            elif value != before:
                self.problems.add(line, self.name(_ours(place)), value, Fault.ROWS_DISAGREE)

    def _read(self, row: dict[str, Any], line: int) -> Said:
        """Return what a row says, by place; blank cells say nothing."""
        said: Said = {(name,): value for name, value in self.mapping.constants.items()}
        for place, rule in self.mapping.fields.items():
            value = self._value(place, rule, row, line)
            if value not in (None, "", []):
                said[place] = value
        for name, value in self._attributes(row, line):
            said.setdefault(("attribute", name), value)
        return said

    def _value(self, place: Place, rule: Rule, row: dict[str, Any], line: int) -> Any:
        if len(rule.columns) > 1:
            cells = [_cell(row.get(column), rule.blank) for column in rule.columns]
            return [cell for cell in cells if cell is not None]
        cell = _cell(row.get(rule.columns[0]), rule.blank)
        if cell is None or not isinstance(cell, str):
            return cell
        if rule.json:
            return self._decoded(cell, rule.columns[0], line)
        if rule.split:
            return [part.strip() for part in cell.split(rule.split)[:LONGEST_LIST] if part.strip()]
        return cell

    def _decoded(self, cell: str, column: str, line: int) -> Any:
        if not cell.strip():
            return None
        try:
            return decode(cell)
        except ValueError:
            self.problems.add(line, column, cell, Fault.NOT_JSON_CELL)
            return None

    def _attributes(self, row: dict[str, Any], line: int) -> Iterator[tuple[str, Any]]:
        """Yield attributes from a column that holds an object, and from columns by prefix."""
        mapping = self.mapping
        if mapping.attribute_object:
            held = row.get(mapping.attribute_object)
            if isinstance(held, str):
                held = self._decoded(held, mapping.attribute_object, line)
            for name, value in held.items() if isinstance(held, dict) else ():
                if name not in mapping.attributes_left_out:
                    yield name, self._several(value)
        if not mapping.attribute_prefixes:
            return
        for column, value in row.items():
            name = self._attribute_of.get(column)
            if name is None:
                name = self._attribute_of[column] = self._attribute_name(column)
            if name and (cell := _cell(value, mapping.attribute_blank)) is not None:
                yield name, self._several(cell)

    def _attribute_name(self, column: str) -> str:
        """Return the attribute that a column holds, empty if it holds none."""
        if len(self._attribute_of) >= MOST_NAMES:
            self._attribute_of.clear()
        for prefix in self.mapping.attribute_prefixes:
            if column.startswith(prefix):
                name = column[len(prefix) :]
                return "" if name in self.mapping.attributes_left_out else name
        return ""

    def _several(self, value: Any) -> Any:
        split = self.mapping.attribute_split
        if split and isinstance(value, str) and split in value:
            return [part.strip() for part in value.split(split)[:LONGEST_LIST] if part.strip()]
        return value

    def _listed(self, row: dict[str, Any], line: int) -> list[RawVariant] | None:
        """Return the variants that a column holds as a JSON list."""
        held = row.get(self.mapping.variant_list)
        if isinstance(held, str):
            held = self._decoded(held, self.mapping.variant_list, line)
        if not isinstance(held, list) or not held:
            return None
        names = {"sku": "sku"} | self.mapping.variant_fields
        found = []
        for each in held:
            entry = each if isinstance(each, dict) else {}
            said = {ours: entry[theirs] for ours, theirs in names.items() if theirs in entry}
            options = {name: entry.get(name) for name in self.mapping.variant_options}
            said["options"] = {name: v for name, v in options.items() if v not in (None, "")}
            found.append(RawVariant(line, said))
        return found

    def _nested(self, said: Said) -> dict[str, Any]:
        """Return places and values in the shape of our JSON."""
        nested: dict[str, Any] = {}
        for place, value in said.items():
            head, *keys = _ours(place)
            before = nested.get(head)
            if keys and not isinstance(before, dict):
                nested[head] = {keys[0]: value} | ({UNSAID.get(head, ""): before} if before else {})
            elif isinstance(before, dict):
                before[keys[0] if keys else UNSAID.get(head, "")] = value
            else:
                nested[head] = value
        if not self._variants_have_rows:
            pictures = [nested.pop("image", None), *_list(nested.pop("images", None))]
            nested |= {"media": [each for each in pictures if each]} if any(pictures) else {}
        return nested

    def name(self, path: Path) -> str:
        """Return the column that a path of our JSON stands in."""
        mapping = self.mapping
        if path[0] == "variants" and len(path) > 2 and not mapping.grouped and mapping.variant_list:
            theirs = mapping.variant_fields.get(str(path[2]), path[2])
            theirs = path[3] if theirs == "options" and len(path) > 3 else theirs
            return dotted((mapping.variant_list, path[1], theirs))
        inside = path[2:] if path[0] == "variants" and len(path) > 2 else path
        if mapping.grouped and inside == ("sku",) and inside != path:
            return self._variant_sku
        plain = tuple(str(step) for step in inside if isinstance(step, str))
        for length in range(len(plain), 0, -1):
            if plain[:length] in self._names:
                return self._names[plain[:length]]
        for place, column in self._names.items():
            if place[: len(plain)] == plain:
                return column
        return self._fallback_name(plain)

    def _fallback_name(self, plain: Place) -> str:
        if plain[0] == "media":
            return self._names.get(("images",)) or self._names.get(("image",), "images")
        if plain[0] == "attributes":
            prefix = next(iter(self.mapping.attribute_prefixes), "")
            return self.mapping.attribute_object or prefix + plain[-1]
        return dotted(plain)


def _ours(place: Place) -> Place:
    """Return the place in our JSON of a mapping's field."""
    head, *keys = place
    names = KEYED_PRICES if keys and head in KEYED_PRICES else OUR_NAMES
    return (names.get(head, head), *keys)


def _cell(value: Any, blank: frozenset[str]) -> Any:
    if isinstance(value, str):
        value = restored(value.strip())
        return None if not value or value in blank else value
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _size(row: dict[str, Any]) -> int:
    return sum(len(value) for value in row.values() if isinstance(value, str))
