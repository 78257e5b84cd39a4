SET lock_timeout = '5s';

-- a broad word is in more listings than can be ranked while somebody waits: those with it in the title are ranked first
CREATE INDEX search_document_title ON search_document USING gin (to_tsvector('simple'::regconfig, title_folded));
-- browsing and "newest first"
CREATE INDEX search_document_newest ON search_document (index_name, published_at DESC, id DESC) WHERE NOT removed;
