package shop.orders.web.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts log lines by what they tell. An appender and no filter: it sees the lines that are written, and costs nothing for those that are not.
 * Informative lines of others' code are counted together.
 */
class LogMeter extends UnsynchronizedAppenderBase<ILoggingEvent> {
  static final int MOST_PER_LEVEL = 100;
  private static final String OTHER = "other";
  private static final String OURS = "shop.orders.";

  private final MeterRegistry meters;
  private final Incidents incidents;
  private final Map<Level, Map<String, Counter>> counters =
      Map.of(Level.INFO, new ConcurrentHashMap<>(), Level.WARN, new ConcurrentHashMap<>(), Level.ERROR, new ConcurrentHashMap<>());

  LogMeter(MeterRegistry meters, Incidents incidents) {
    this.meters = meters;
    this.incidents = incidents;
    setName("orders-log-meter");
  }

  /** Begins to count, in the whole process. */
  @Override
  public void start() {
    var root = root();
    setContext(root.getLoggerContext());
    super.start();
    root.addAppender(this);
  }

  @Override
  public void stop() {
    root().detachAppender(this);
    super.stop();
  }

  private static ch.qos.logback.classic.Logger root() {
    return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
  }

  @Override
  protected void append(ILoggingEvent event) {
    var level = event.getLevel();
    var known = counters.get(level);
    if (known == null) return;
    boolean trouble = level.isGreaterOrEqual(Level.WARN);
    if (!trouble && !event.getLoggerName().startsWith(OURS)) {
      counter(known, level, OTHER, OTHER).increment();
      return;
    }
    var print = Fingerprint.of(event);
    boolean room = known.containsKey(print.id()) || known.size() < MOST_PER_LEVEL;
    counter(known, level, room ? print.logger() : OTHER, room ? print.id() : OTHER).increment();
    if (trouble) count(level, incidents.add(print, line(event)));
  }

  private Counter counter(Map<String, Counter> known, Level level, String logger, String fingerprint) {
    return known.computeIfAbsent(
        fingerprint,
        id ->
            Counter.builder("orders.log.events")
                .tag("level", tag(level))
                .tag("logger", logger)
                .tag("fingerprint", id)
                .description("log lines, by what they tell")
                .register(meters));
  }

  private void count(Level level, Incidents.Turn turn) {
    if (turn == Incidents.Turn.GOES_ON) return;
    Counter.builder("orders.log.incidents")
        .tag("level", tag(level))
        .tag("again", String.valueOf(turn == Incidents.Turn.AGAIN))
        .description("trouble that began, for the first time or after it had been quiet")
        .register(meters)
        .increment();
  }

  private static String tag(Level level) {
    return level.toString().toLowerCase(Locale.ROOT);
  }

  private static String line(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return thrown == null ? event.getFormattedMessage() : event.getFormattedMessage() + " [" + thrown.getClassName() + ": " + thrown.getMessage() + "]";
  }
}
