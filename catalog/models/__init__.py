"""The catalogue's tables, a module for each noun."""

from catalog.models.arrangement import Arrangement
from catalog.models.attribute import Attribute, AttributeProposal, Extraction
from catalog.models.back import Invoice, Refund, Return, ReturnLine, ReturnPicture
from catalog.models.bulk import BulkEdit, BulkEditRow
from catalog.models.buyer_review import BuyerReview, ReviewPicture
from catalog.models.cart import Cart, CartLine
from catalog.models.category import Category
from catalog.models.copy import PublishedCopy
from catalog.models.document import SearchDocument, SearchOffer, SearchPassage, TermCount
from catalog.models.draft import ProductDraft
from catalog.models.embedding import Embedding
from catalog.models.imports import CatalogImport, ImportChange, RowError
from catalog.models.insight import SearchCount
from catalog.models.letter import Letter
from catalog.models.media import Media
from catalog.models.merchandising import SearchRule, SearchSynonym
from catalog.models.offer import Price, PriceChange, PriceList, Stock, Warehouse
from catalog.models.opinion import AspectMention, Feeling, ReviewOpinion
from catalog.models.order import Order, OrderEvent, OrderLine
from catalog.models.policy import PolicyVersion
from catalog.models.product import Product, ProductText, RelatedProduct, Variant
from catalog.models.review import Review
from catalog.models.selling import Coupon, ShippingMethod
from catalog.models.wish import Address, Alert, ExchangeRate, WishItem

__all__ = [
    "Address",
    "Alert",
    "Arrangement",
    "AspectMention",
    "Attribute",
    "AttributeProposal",
    "BulkEdit",
    "BulkEditRow",
    "BuyerReview",
    "Cart",
    "CartLine",
    "CatalogImport",
    "Category",
    "Coupon",
    "Embedding",
    "ExchangeRate",
    "Extraction",
    "Feeling",
    "ImportChange",
    "Invoice",
    "Letter",
    "Media",
    "Order",
    "OrderEvent",
    "OrderLine",
    "PolicyVersion",
    "Price",
    "PriceChange",
    "PriceList",
    "Product",
    "ProductDraft",
    "ProductText",
    "PublishedCopy",
    "Refund",
    "RelatedProduct",
    "Return",
    "ReturnLine",
    "ReturnPicture",
    "Review",
    "ReviewOpinion",
    "ReviewPicture",
    "RowError",
    "SearchCount",
    "SearchDocument",
    "SearchOffer",
    "SearchPassage",
    "SearchRule",
    "SearchSynonym",
    "ShippingMethod",
    "Stock",
    "TermCount",
    "Variant",
    "Warehouse",
    "WishItem",
]
