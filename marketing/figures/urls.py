"""The addresses of this wing, below a shop's portal."""

from django.urls import URLPattern, path

from marketing.figures import operating, views

SHOP = "merchant/<slug:slug>/figures"

urlpatterns: list[URLPattern] = [
    path(f"{SHOP}/", views.merchant_figures, name="merchant_figures"),
    path(f"{SHOP}.csv", views.merchant_figures_csv, name="merchant_figures_csv"),
    path(f"{SHOP}/<slug:code>/", views.merchant_figure, name="merchant_figure"),
    path(f"{SHOP}/<slug:code>.csv", views.merchant_figure_csv, name="merchant_figure_csv"),
    path("operator/figures/", operating.operator_figures, name="operator_figures"),
    path("operator/figures/<slug:code>/", operating.operator_figure, name="operator_figure"),
    path(
        "operator/figures/<slug:code>.csv",
        operating.operator_figure_csv,
        name="operator_figure_csv",
    ),
]
