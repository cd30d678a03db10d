package shop.orders.store;

import java.util.List;
import java.util.OptionalLong;

/** One append-only log of order events per account, numbered from 0 without gaps. Safe for use by many threads. */
public interface EventLog {
  /** The number the next entry will get; 0 for an empty log. Sees every append that was acknowledged, and settles one that hangs. */
  long head(String account);

  /**
   * Appends entries in order, if the log's head still is {@code expectedHead}.
   *
   * @return the new head; empty if the head is another: somebody else appended, nothing of this was written beyond what {@link #head}
   *     shows (a long append may be written in pieces, each whole)
   * @throws StoreUnavailable if the outcome stays unknown; read the log back before appending again
   */
  OptionalLong append(String account, long expectedHead, List<LogEntry> entries);

  /**
   * Entries from number {@code from} on, in order, at most {@code limit} (1 to 10,000); fewer only at the log's end, or before many in a row
   * that retention removed. Numbers are missing only where entries were removed.
   */
  List<Logged> read(String account, long from, int limit);

  /** As {@link #read}, and one statement at most: it may end early in the middle of the log, and is empty only where {@code read} is. */
  List<Logged> page(String account, long from, int limit);

  /** The first number from {@code from} on whose entry was not removed; the head if there is none. Dear where much was removed. */
  long firstKept(String account, long from);

  /** An entry with its number. */
  record Logged(long seq, LogEntry entry) {}
}
