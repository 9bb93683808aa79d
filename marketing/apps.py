from django.apps import AppConfig


class MarketingConfig(AppConfig):
    name = "marketing"

    def ready(self) -> None:
        """Register what can be measured of a shop."""
        from marketing.figures.catalogue import register_catalogue
        from marketing.figures.shoppers import register_shoppers

        register_catalogue()
        register_shoppers()
