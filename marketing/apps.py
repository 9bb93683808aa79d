from django.apps import AppConfig


class MarketingConfig(AppConfig):
    name = "marketing"
    # What `manage.py train` finds here.
    trainers = {
        "writer": "marketing.copy.teaching.train_writer",
        "wording": "marketing.copy.wording.commanding.train_wording",
    }

    def ready(self) -> None:
        """Register what can be measured of a shop, and what waits for its people."""
        from marketing.figures.catalogue import register_catalogue
        from marketing.figures.market import register_market
        from marketing.figures.shoppers import register_shoppers
        from marketing.listening.concerning import register_alerts
        from marketing.reaching.showing import register_lists

        register_catalogue()
        register_shoppers()
        register_market()
        register_alerts()
        register_lists()
