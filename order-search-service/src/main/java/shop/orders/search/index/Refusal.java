package shop.orders.search.index;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the server, or the way to it, said: in words, and what it means for one document. */
final class Refusal {
  /** What to do about one item of a bulk answer. */
  enum Meaning {
    /** In the index, or something newer is. */
    DONE,
    /** Too much at once: fewer, later. */
    BUSY,
    /** The index is not there: create it, then again. */
    NO_INDEX,
    /** The document is too large for one request. */
    TOO_LARGE,
    /** The document itself is refused, now and ever. */
    POISON,
    /** Nothing is wrong with the document: read-only, closed, no rights, broken. Again, later. */
    NOT_NOW
  }

  private Refusal() {}

  static Meaning meaning(int status, @Nullable String type) {
    if (status / 100 == 2 || status == 409) return Meaning.DONE;
    return switch (status) {
      case 404 -> Meaning.NO_INDEX;
      case 413 -> Meaning.TOO_LARGE;
      case 429, 503 -> Meaning.BUSY;
      case 400 -> "index_closed_exception".equals(type) ? Meaning.NOT_NOW : Meaning.POISON;
      default -> Meaning.NOT_NOW;
    };
  }

  /** Innermost reason, since the outer ones say only "failed to parse". */
  static String of(ErrorCause error) {
    var inner = error;
    while (inner.causedBy() != null) inner = inner.causedBy();
    var outer = error.type() + ": " + error.reason();
    return inner == error ? outer : outer + " (" + inner.type() + ": " + inner.reason() + ")";
  }

  static String of(Exception e) {
    if (e instanceof ElasticsearchException refused) return refused.status() + " " + of(refused.error());
    if (e instanceof TransportException && e.getCause() != null) return Objects.toString(e.getCause());
    return e.toString();
  }

  static boolean isOfClosedIndex(Exception e) {
    return e instanceof ElasticsearchException refused && "index_closed_exception".equals(refused.error().type());
  }

  /** Whether the server itself failed: not no answer, nor that it is too busy, or gives no right. */
  static boolean isOfServer(Exception e) {
    // A 502, 503 or 504 comes as it was answered, after other nodes were tried.
    int status = answered(e) instanceof ResponseException answered ? answered.getResponse().getStatusCode() : status(e);
    return status / 100 == 5;
  }

  private static @Nullable Throwable answered(Exception e) {
    return e instanceof ResponseException ? e : e.getCause();
  }

  /** HTTP status of a request that failed as a whole; 0 if there was no answer. */
  static int status(Exception e) {
    if (e instanceof ElasticsearchException refused) return refused.status();
    if (e instanceof TransportException transport && transport.response() != null) return transport.statusCode();
    return 0;
  }
}
