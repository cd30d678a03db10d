package shop.orders.store;

import shop.orders.model.Order;

/** What became of a commit. A lost race is an everyday result, so it is data and not an exception. */
public sealed interface CommitOutcome {
  /** Written, by this call or by an earlier try of the same command. */
  record Applied(Order order) implements CommitOutcome {}

  /** Another writer was first; nothing of this decision was written. */
  record Conflict() implements CommitOutcome {}
}
