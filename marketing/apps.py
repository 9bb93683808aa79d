from django.apps import AppConfig


class MarketingConfig(AppConfig):
    name = "marketing"

    def ready(self) -> None:
        """Register what can be measured of a shop, and what waits for its people."""
        from marketing.figures.catalogue import register_catalogue
        from marketing.figures.shoppers import register_shoppers
        from marketing.listening.concerning import register_alerts

        register_catalogue()
        register_shoppers()
        register_alerts()
