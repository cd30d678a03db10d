package shop.orders.localstack.imports;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Puts documents together into requests, bounded in number and size; a document above the size goes alone. */
final class Batches implements Iterator<List<SourceDocument>> {
  /** Far below what the API takes, so that a batch of large orders is answered in time. */
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final Iterator<SourceDocument> documents;
  private final int most;
  private @Nullable SourceDocument taken;

  Batches(Iterator<SourceDocument> documents, int most) {
    this.documents = documents;
    this.most = most;
  }

  @Override
  public boolean hasNext() {
    return taken != null || documents.hasNext();
  }

  @Override
  public List<SourceDocument> next() {
    if (!hasNext()) throw new NoSuchElementException();
    var batch = new ArrayList<SourceDocument>();
    long bytes = 0;
    while (hasNext() && batch.size() < most) {
      if (taken == null) taken = documents.next();
      bytes += taken.json().length;
      if (bytes > MOST_BYTES && !batch.isEmpty()) break;
      batch.add(taken);
      taken = null;
    }
    return batch;
  }
}
