"""Read a page's form as a browser would send it, so that tests send what people send."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects the successful controls of the form with an id."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.inside = wanted, False
        self.fields: dict[str, str] = {}
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a control in."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = told.get("id") == self.wanted
        if not self.inside:
            return
        name = told.get("name", "")
        if tag == "input" and name and told.get("type") not in ("file", "submit"):
            if told.get("type") != "checkbox" or "checked" in told:
                self.fields[name] = told.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in told or self._select not in self.fields):
            self.fields[self._select] = told.get("value", "")

    def handle_data(self, data: str) -> None:
        """Take a text area's content in."""
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a control or the form."""
        if tag == "textarea":
            # A browser leaves the first line end out.
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self.inside = False


def form_of(page: str, wanted: str) -> dict[str, str]:
    """Return what a browser sends of an untouched form."""
    parser = _Form(wanted)
    parser.feed(page)
    return parser.fields
