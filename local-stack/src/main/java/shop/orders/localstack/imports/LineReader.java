package shop.orders.localstack.imports;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads bytes line by line, without a byte order mark. A line that is longer than any document can be is cut short. */
final class LineReader implements Closeable {
  /** The API takes no more in a request. */
  static final int MOST_BYTES = 32 * 1024 * 1024;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private long number;

  /** @param in read byte by byte */
  LineReader(InputStream in) {
    this.in = in;
  }

  /**
   * @param number from 1
   * @param cut whether it was longer than {@link #MOST_BYTES}
   */
  record Line(long number, byte[] bytes, boolean cut) {
    boolean isBlank() {
      for (byte b : bytes) if (b > ' ' || b < 0) return false;
      return true;
    }

    boolean startsWith(char wanted) {
      for (byte b : bytes) if (b > ' ' || b < 0) return b == wanted;
      return false;
    }
  }

  /** @return null at the end */
  @Nullable Line next() throws IOException {
    int b = in.read();
    if (b < 0) return null;
    number++;
    var line = new ByteArrayOutputStream();
    boolean cut = false;
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() < MOST_BYTES) line.write(b);
      else cut = true;
    }
    return new Line(number, number == 1 ? withoutMark(line.toByteArray()) : line.toByteArray(), cut);
  }

  private static byte[] withoutMark(byte[] bytes) {
    for (int i = 0; i < MARK.length; i++) if (bytes.length <= i || bytes[i] != MARK[i]) return bytes;
    return Arrays.copyOfRange(bytes, MARK.length, bytes.length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
