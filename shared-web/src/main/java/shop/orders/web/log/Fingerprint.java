package shop.orders.web.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;

/**
 * What is the same about log lines that tell of the same thing: where they come from and their words, without what differs from line to line.
 *
 * @param id of eight hexadecimal digits, the same in every process and after every start
 * @param logger its simple name
 * @param words the message's pattern, words that have a digit in them replaced, and the exception's class
 */
record Fingerprint(String id, Level level, String logger, String words) {
  private static final int ENOUGH = 200;

  /** Numbers, times, ids and addresses, where a message was put together before it was logged. */
  private static final Pattern VARIES = Pattern.compile("[\\w.:/@-]*\\d[\\w.:/@-]*");

  static Fingerprint of(ILoggingEvent event) {
    var message = String.valueOf(event.getMessage());
    var words = VARIES.matcher(message.substring(0, Math.min(message.length(), ENOUGH))).replaceAll("#");
    var thrown = event.getThrowableProxy();
    if (thrown != null) words += " [" + thrown.getClassName() + "]";
    var logger = event.getLoggerName();
    var id = "%08x".formatted((event.getLevel() + " " + logger + " " + words).hashCode());
    return new Fingerprint(id, event.getLevel(), logger.substring(logger.lastIndexOf('.') + 1), words);
  }
}
