package shop.orders.workflow.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import shop.orders.store.Sequences;

/** Hands out an account's running numbers, from a block reserved for this process. Numbers grow, with gaps where a process ended. */
@Component
class OrderNumbers {
  private static final int BLOCK = 100;

  private final Sequences sequences;
  private final Map<String, Block> blocks = new ConcurrentHashMap<>();

  OrderNumbers(Sequences sequences) {
    this.sequences = sequences;
  }

  long next(String account) {
    return blocks.computeIfAbsent(account, Block::new).next();
  }

  private final class Block {
    private final String account;
    private long next;
    private long end;

    Block(String account) {
      this.account = account;
    }

    synchronized long next() {
      if (next == end) {
        next = sequences.reserve(account, BLOCK);
        end = next + BLOCK;
      }
      return next++;
    }
  }
}
