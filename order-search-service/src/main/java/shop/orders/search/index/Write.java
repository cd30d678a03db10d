package shop.orders.search.index;

import tools.jackson.databind.json.JsonMapper;

/**
 * A document ready to be sent.
 *
 * @param id unique over all accounts
 * @param version the external one
 * @param json the document, written out, its {@link Fingerprint} at its end
 */
record Write(IndexName index, String id, long version, byte[] json) {
  static Write of(IndexDocument document, JsonMapper json) {
    var hash = Fingerprint.hash(document.id(), document.ver(), document.projection());
    return new Write(document.index(), document.id(), document.externalVersion(), Fingerprint.added(json.writeValueAsBytes(document), hash));
  }
}
