package shop.orders.search.index;

import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * A document ready to be sent.
 *
 * @param id unique over all accounts
 * @param version the external one
 * @param json the document, written out, its {@link Fingerprint} at its end
 */
record Write(IndexName index, String id, long version, byte[] json) {
  /** The same for an index of any generation. */
  record Content(Instant createdAt, String id, long version, byte[] json) {
    static Content of(IndexDocument document, JsonMapper json) {
      var hash = Fingerprint.hash(document.id(), document.ver(), document.projection());
      var written = Fingerprint.added(json.writeValueAsBytes(document), hash);
      return new Content(Instant.ofEpochMilli(document.creationDate()), document.id(), document.externalVersion(), written);
    }

    Write into(int generation) {
      return new Write(IndexName.of(generation, createdAt), id, version, json);
    }
  }
}
