"""Addresses of the steps of an import, and of exports."""

from django.urls import URLPattern, path

from catalog.views import import_steps

IMPORT = "merchant/<slug:slug>/imports/<int:pk>/"

import_urls: list[URLPattern] = [
    path(f"{IMPORT}columns/", import_steps.import_mapping, name="merchant_import_mapping"),
    path(f"{IMPORT}go/", import_steps.import_go, name="merchant_import_go"),
    path(f"{IMPORT}stop/", import_steps.import_stop, name="merchant_import_stop"),
    path(f"{IMPORT}repair/", import_steps.import_repair, name="merchant_import_repair"),
    path(
        f"{IMPORT}repair/rows",
        import_steps.import_repair_file,
        name="merchant_import_repair_file",
    ),
    path(f"{IMPORT}undo/", import_steps.import_undo, name="merchant_import_undo"),
    path(
        "merchant/<slug:slug>/export/<str:name>",
        import_steps.catalogue_export,
        name="merchant_export",
    ),
]
