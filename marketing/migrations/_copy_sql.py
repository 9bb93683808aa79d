"""SQL of the copy's migration: who may approve, what may be published, keys within one shop."""

KEYS = ("brief", "draft", "copyversion")


def add_keys() -> list[str]:
    """Return the statements that tie rows to a product of the same shop."""
    return [
        f"ALTER TABLE marketing_{table} ADD CONSTRAINT marketing_{table}_product_same_shop"
        " FOREIGN KEY (merchant_id, product_id) REFERENCES catalog_product (merchant_id, id)"
        " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE"
        for table in KEYS
    ]


def drop_keys() -> list[str]:
    """Return the statements that take these keys away."""
    return [
        f"ALTER TABLE marketing_{table} DROP CONSTRAINT marketing_{table}_product_same_shop"
        for table in KEYS
    ]


# A draft goes these ways and no others, whoever writes the statement. Only a signed-in owner or
# editor of the shop approves (a worker or a key is nobody), not their own words where the shop
# wants two people, and approved words do not change.
DRAFTS = """
CREATE FUNCTION marketing_draft_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person bigint := nullif(current_setting('shopguide.actor', true), '')::bigint;
    said boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('draft', 'submitted') OR NEW.approved_at IS NOT NULL THEN
            RAISE check_violation USING MESSAGE = 'copy: a new draft is not approved';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'submitted'), ('submitted', 'draft'), ('submitted', 'approved'),
        ('submitted', 'rejected'), ('rejected', 'draft'), ('rejected', 'submitted'),
        ('approved', 'scheduled'), ('approved', 'published'), ('approved', 'withdrawn'),
        ('approved', 'draft'), ('scheduled', 'approved'), ('scheduled', 'published'),
        ('scheduled', 'withdrawn'), ('published', 'replaced'), ('published', 'withdrawn'),
        ('replaced', 'published'), ('withdrawn', 'published'), ('withdrawn', 'draft')) THEN
        RAISE check_violation USING MESSAGE =
            format('copy: a draft does not go from %s to %s', OLD.state, NEW.state);
    END IF;
    IF NEW.state IN ('approved', 'scheduled', 'published', 'replaced')
       AND NEW.approved_at IS NULL THEN
        RAISE check_violation USING MESSAGE = 'copy: nobody has approved this draft';
    END IF;
    IF NEW.state IN ('draft', 'submitted', 'rejected') AND NEW.approved_at IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'copy: an approval ends with its draft';
    END IF;
    said := (NEW.parts, NEW.product_id, NEW.merchant_id, NEW.channel, NEW.locale, NEW.writer)
        IS DISTINCT FROM
        (OLD.parts, OLD.product_id, OLD.merchant_id, OLD.channel, OLD.locale, OLD.writer);
    IF said AND OLD.state NOT IN ('draft', 'rejected') THEN
        RAISE check_violation USING MESSAGE = 'copy: words do not change once they are submitted';
    END IF;
    IF OLD.approved_at IS NOT NULL AND NEW.approved_at IS NOT NULL
       AND OLD.approved_at <> NEW.approved_at THEN
        RAISE check_violation USING MESSAGE = 'copy: an approval keeps its moment';
    END IF;
    IF OLD.approved_at IS NULL AND NEW.approved_at IS NOT NULL THEN
        IF OLD.state <> 'submitted' OR NEW.state <> 'approved' THEN
            RAISE check_violation USING MESSAGE = 'copy: what was not submitted is not approved';
        END IF;
        IF person IS NULL OR NEW.decided_by_id IS DISTINCT FROM person OR NOT EXISTS (
            SELECT FROM accounts_membership m
            WHERE m.user_id = person AND m.merchant_id = NEW.merchant_id
              AND m.role IN ('owner', 'editor') AND m.suspended_at IS NULL) THEN
            RAISE check_violation USING MESSAGE = 'copy: an owner or editor approves, nobody else';
        END IF;
        IF person IN (NEW.made_by_id, NEW.edited_by_id, OLD.made_by_id, OLD.edited_by_id)
           AND EXISTS (SELECT FROM marketing_copyrules r
                       WHERE r.merchant_id = NEW.merchant_id AND r.four_eyes) THEN
            RAISE check_violation USING MESSAGE = 'copy: the writer does not approve their own';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER draft_guarded BEFORE INSERT OR UPDATE ON marketing_draft
    FOR EACH ROW EXECUTE FUNCTION marketing_draft_guarded();
"""

# No generated words stand on a page without an approved draft of exactly these words behind them.
# In a text, title and description may come from two drafts; what was not touched may stay.
TEXTS = """
CREATE FUNCTION marketing_approved(product bigint, place text, language text, words text)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM marketing_draft d
        WHERE d.product_id = product AND d.channel = place AND d.locale = language
          AND d.approved_at IS NOT NULL AND d.parts ->> place = words)
$$;

CREATE FUNCTION marketing_text_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    title boolean := marketing_approved(NEW.product_id, 'title', NEW.locale, NEW.title);
    body boolean := NEW.description <> ''
        AND marketing_approved(NEW.product_id, 'description', NEW.locale, NEW.description);
    same_title boolean := false;
    same_body boolean := NEW.description = '';
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.product_id, OLD.locale) = (NEW.product_id, NEW.locale) THEN
        IF (OLD.title, OLD.description, OLD.provenance)
           = (NEW.title, NEW.description, NEW.provenance) THEN
            RETURN NEW;
        END IF;
        same_title := OLD.title = NEW.title;
        same_body := same_body OR OLD.description = NEW.description;
    END IF;
    IF NEW.arm <> '' THEN
        SELECT same_title OR coalesce(bool_or(t.title = NEW.title), false),
               same_body OR coalesce(bool_or(t.description = NEW.description), false)
        INTO same_title, same_body FROM catalog_producttext t
        WHERE t.product_id = NEW.product_id AND t.locale = NEW.locale AND t.arm = '';
    END IF;
    IF (title OR body) AND (title OR same_title) AND (body OR same_body) THEN
        RETURN NEW;
    END IF;
    RAISE check_violation USING MESSAGE = 'copy: nobody has approved these words for this product';
END $$;
CREATE TRIGGER text_guarded BEFORE INSERT OR UPDATE ON catalog_producttext
    FOR EACH ROW WHEN (NEW.provenance = 'generated') EXECUTE FUNCTION marketing_text_guarded();

CREATE FUNCTION marketing_copy_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (OLD.parts, OLD.draft_id, OLD.product_id, OLD.channel, OLD.locale, OLD.provenance)
       = (NEW.parts, NEW.draft_id, NEW.product_id, NEW.channel, NEW.locale, NEW.provenance) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM marketing_draft d
        WHERE d.id = NEW.draft_id AND d.product_id = NEW.product_id AND d.channel = NEW.channel
          AND d.locale = NEW.locale AND d.approved_at IS NOT NULL AND d.parts = NEW.parts
          AND (d.writer = '' OR NEW.provenance = 'generated')) THEN
        RAISE check_violation
            USING MESSAGE = 'copy: nobody has approved these words for this product';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER copy_guarded BEFORE INSERT OR UPDATE ON catalog_publishedcopy
    FOR EACH ROW EXECUTE FUNCTION marketing_copy_guarded();
"""
DROP = (
    "DROP FUNCTION marketing_draft_guarded, marketing_text_guarded, marketing_copy_guarded,"
    " marketing_approved CASCADE"
)
