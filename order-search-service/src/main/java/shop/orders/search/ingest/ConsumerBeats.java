package shop.orders.search.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerStartingEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import shop.orders.web.status.Measure;
import shop.orders.web.status.Measures;

/** Tells of each consumer thread that it works, or polls in vain. Called on those threads alone, as all of these events are. */
class ConsumerBeats {
  private final Measures measures;
  private final ThreadLocal<@Nullable Measure> mine = new ThreadLocal<>();

  ConsumerBeats(Measures measures) {
    this.measures = measures;
  }

  @EventListener
  void on(ConsumerStartingEvent event) {
    var name = String.valueOf(event.getSource(AbstractMessageListenerContainer.class).getBeanName());
    mine.set(measures.of("ingest/" + name.substring(name.lastIndexOf('-') + 1)));
  }

  /** Nothing came for some seconds, or nothing is asked for while a batch waits for the index. */
  @EventListener
  void on(ListenerContainerIdleEvent event) {
    var measure = mine.get();
    if (measure == null) return;
    if (event.isPaused()) measure.open(measure.reading().map(last -> last.oldestOpen()).orElse(null));
    else measure.idle();
  }

  @EventListener
  void on(ConsumerStoppedEvent event) {
    var measure = mine.get();
    if (measure != null) measure.leave();
    mine.remove();
  }

  /** Events were handled; nothing waits. */
  void done() {
    var measure = mine.get();
    if (measure == null) return;
    measure.idle();
    measure.done();
    measure.note(null);
  }

  /** Events cannot be handled since then. */
  void waits(Instant since, String why) {
    var measure = mine.get();
    if (measure == null) return;
    measure.open(since);
    measure.note(why);
  }
}
