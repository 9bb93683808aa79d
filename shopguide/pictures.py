"""Pictures out of their folder. An address that could name no file is one that is not there."""

import errno

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views import static


def serve(request: HttpRequest, path: str, document_root: str) -> HttpResponseBase:
    """Send a file; 404 without one, also where no file could have such a name."""
    try:
        return static.serve(request, path, document_root)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error
