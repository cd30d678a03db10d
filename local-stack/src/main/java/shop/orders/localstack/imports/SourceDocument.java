package shop.orders.localstack.imports;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One document to import.
 *
 * @param where it comes from, for people: file and line, or file and index
 * @param json the document, UTF-8
 */
record SourceDocument(String where, byte[] json) {
  /** Numbers keep the digits they were written with: what is imported is kept to the letter. */
  static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();

  static SourceDocument of(String where, JsonNode document) {
    return new SourceDocument(where, EXACT.writeValueAsBytes(document));
  }
}
