package shop.orders.search.index;

import tools.jackson.databind.json.JsonMapper;

/**
 * A document ready to be sent.
 *
 * @param id unique over all accounts
 * @param version the external one
 * @param json the document, written out
 */
record Write(IndexName index, String id, long version, byte[] json) {
  static Write of(IndexDocument document, JsonMapper json) {
    return new Write(document.index(), document.id(), document.externalVersion(), json.writeValueAsBytes(document));
  }
}
