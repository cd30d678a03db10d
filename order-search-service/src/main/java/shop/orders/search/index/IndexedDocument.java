package shop.orders.search.index;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/**
 * A document as it is in the index, whoever wrote it.
 *
 * @param id {@code _id}
 * @param version {@code _version}
 * @param orderVersion of the order, as it says; -1 if it does not
 * @param projection as it says; -1 if it does not
 * @param skeleton whether it says it is one
 * @param sound whether what it says of itself holds: id, hash and, if the whole of it was read, digest
 */
public record IndexedDocument(
    IndexName index, String id, long version, long seqNo, long primaryTerm, long orderVersion, int projection, boolean skeleton, boolean sound) {

  /** What {@link #of} needs to know of a source. */
  static final Set<String> FACTS = Set.of("account", "orderId", "ver", "projection", "problem", "hashHigh", "hashLow");

  /** @param source its {@link #FACTS} @param whole the source as it is stored; null if not all of it is known */
  static IndexedDocument of(IndexName index, String id, long version, long seqNo, long primaryTerm, Map<String, Object> source, byte @Nullable [] whole) {
    long orderVersion = number(source, "ver");
    int projection = (int) number(source, "projection");
    boolean sound = id.equals(source.get("account") + "/" + source.get("orderId"));
    // Documents of older programs have none of it, and are to be made again anyway.
    if (sound && projection >= OrderProjection.PROJECTION) {
      var hash = Fingerprint.hash(id, orderVersion, projection);
      sound = hash.high() == number(source, "hashHigh") && hash.low() == number(source, "hashLow") && (whole == null || Fingerprint.holds(whole));
    }
    return new IndexedDocument(index, id, version, seqNo, primaryTerm, orderVersion, projection, source.containsKey("problem"), sound);
  }

  private static long number(Map<String, Object> source, String field) {
    return source.get(field) instanceof Number number && !(number instanceof BigInteger) ? number.longValue() : -1;
  }

  /** The order it is about; empty if its id is none's. */
  public Optional<OrderKey> key() {
    return key(id);
  }

  /** The order that documents with this id are about; empty if there can be none. */
  public static Optional<OrderKey> key(String id) {
    int slash = id.indexOf('/');
    if (slash < 0 || !OrderKey.isAccount(id.substring(0, slash)) || !OrderKey.isOrderId(id.substring(slash + 1))) return Optional.empty();
    return Optional.of(new OrderKey(id.substring(0, slash), id.substring(slash + 1)));
  }

  /** Whether it is older than {@code version} of the order, or that version as an older program made it. */
  public boolean isBehind(long version) {
    return orderVersion < version || isOld(version);
  }

  /** Whether it is {@code version} as an older program made it: nothing is on its way that would put it right. */
  public boolean isOld(long version) {
    return orderVersion == version && projection < OrderProjection.PROJECTION;
  }

  /**
   * Whether it was tampered with, if {@code version} is the order's: it contradicts itself, is of a version there is not, or has a {@code
   * _version} that lets an older copy overwrite it or keeps the order's next version out.
   */
  public boolean isWrong(long version) {
    return !sound
        || orderVersion > version
        || projection >= OrderProjection.PROJECTION && this.version < IndexDocument.externalVersion(orderVersion, projection, skeleton)
        || this.version >= IndexDocument.externalVersion(version + 1, 0, true);
  }

  /** Whether indexing {@code version} of the order would be taken for older than what is here. */
  public boolean outranks(long version) {
    return this.version >= IndexDocument.externalVersion(version, OrderProjection.PROJECTION, true);
  }
}
