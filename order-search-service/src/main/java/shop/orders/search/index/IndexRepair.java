package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import shop.orders.model.OrderKey;
import shop.orders.store.StoreUnavailable;

/**
 * Puts right what indexing again cannot: documents whose {@code _version} somebody raised, and those that should not be there. Touches
 * only what still is as it was seen, or older than what it writes. Safe for use by many threads.
 */
public class IndexRepair {
  private static final int AT_ONCE = 200;

  private final ElasticsearchClient client;
  private final OrderReader reader;

  IndexRepair(ElasticsearchClient client, OrderReader reader) {
    this.client = client;
    this.reader = reader;
  }

  /**
   * Writes the orders as they are in the store over what is there, at its own {@code _version}; where that would keep the order's next
   * version out, deletes it instead: it can be indexed once the index has forgotten that ({@code index.gc_deletes}), no sooner.
   *
   * @param documents each in the index its order belongs to
   * @throws IndexUnavailable if at least one is neither written nor deleted
   * @throws StoreUnavailable if the store does not answer
   */
  public void overwrite(Collection<IndexedDocument> documents) {
    var all = List.copyOf(documents);
    for (int from = 0; from < all.size(); from += AT_ONCE) overwriteSome(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
  }

  private void overwriteSome(List<IndexedDocument> documents) {
    var barring = new ArrayList<IndexedDocument>();
    var made = new ArrayList<OrderReader.Made.Document>();
    var operations = new ArrayList<BulkOperation>();
    for (var document : documents) {
      if (!(reader.read(document.key().orElseThrow()) instanceof OrderReader.Made.Document now)) continue; // whoever looks again will see
      if (document.version() >= IndexDocument.externalVersion(now.order().version() + 1, 0, true)) {
        barring.add(document);
      } else {
        made.add(now);
        operations.add(index(document, now.content()));
      }
    }
    write(made, operations);
    delete(barring);
  }

  /**
   * Writes the orders as they are in the store where nothing is, but an older copy's deletion is remembered: at the highest {@code _version}
   * that the order's own version has, which outranks what was deleted, unless that had one it should not have had.
   *
   * @throws IndexUnavailable if at least one is neither written nor outranked
   * @throws StoreUnavailable if the store does not answer
   */
  public void revive(int generation, Collection<OrderKey> keys) {
    var all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      var made = new ArrayList<OrderReader.Made.Document>();
      var operations = new ArrayList<BulkOperation>();
      for (var key : all.subList(from, Math.min(all.size(), from + AT_ONCE))) {
        if (!(reader.read(key) instanceof OrderReader.Made.Document now)) continue;
        var index = now.content().into(generation).index();
        made.add(now);
        operations.add(index(index.writeAlias(), IndexDocument.externalVersion(now.order().version() + 1, 0, true) - 1, now.content()));
      }
      write(made, operations);
    }
  }

  /** @param operations one for each document */
  private void write(List<OrderReader.Made.Document> made, List<BulkOperation> operations) {
    if (operations.isEmpty()) return;
    var refused = new ArrayList<BulkOperation>();
    var answers = send(operations);
    for (int i = 0; i < answers.size(); i++) {
      if (isRefused(answers.get(i))) {
        var skeleton = reader.skeleton(made.get(i).order(), Refusal.of(answers.get(i).error())).content();
        var before = operations.get(i).index();
        refused.add(index(before.index(), before.version(), skeleton));
      }
    }
    if (!refused.isEmpty() && send(refused).stream().anyMatch(IndexRepair::isRefused)) throw new IndexUnavailable("the index refuses even skeletons");
  }

  private static BulkOperation index(IndexedDocument over, Write.Content write) {
    return index(over.index().writeAlias(), Math.max(over.version(), write.version()), write);
  }

  private static BulkOperation index(String alias, long version, Write.Content write) {
    return BulkOperation.of(
        o ->
            o.index(
                i ->
                    i.index(alias)
                        .id(write.id())
                        .versionType(VersionType.ExternalGte)
                        .version(version)
                        .requireAlias(true)
                        .document(BinaryData.of(write.json(), ContentType.APPLICATION_JSON))));
  }

  /** Deletes documents, unless they changed since they were seen. @throws IndexUnavailable if at least one is still there as it was */
  public void delete(Collection<IndexedDocument> documents) {
    var all = List.copyOf(documents);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      send(
          all.subList(from, Math.min(all.size(), from + AT_ONCE)).stream()
              .map(d -> BulkOperation.of(o -> o.delete(x -> x.index(d.index().name()).id(d.id()).ifSeqNo(d.seqNo()).ifPrimaryTerm(d.primaryTerm()))))
              .toList());
    }
  }

  /** @return an answer for each: done, moved on, not there, or refused for what it is */
  private List<BulkResponseItem> send(List<BulkOperation> operations) {
    try {
      var items = client.bulk(BulkRequest.of(b -> b.operations(operations))).items();
      for (var item : items) {
        // A deletion of what is not there has no error and is as good as done.
        if (item.error() == null || isRefused(item) || Refusal.meaning(item.status(), item.error().type()) == Refusal.Meaning.DONE) continue;
        throw new IndexUnavailable("document " + item.id() + " cannot be put right: " + Refusal.of(item.error()));
      }
      return items;
    } catch (IOException | ElasticsearchException e) {
      throw new IndexUnavailable("documents cannot be put right: " + Refusal.of(e), e);
    }
  }

  private static boolean isRefused(BulkResponseItem item) {
    var error = item.error();
    return error != null && Refusal.meaning(item.status(), error.type()) == Refusal.Meaning.POISON;
  }
}
