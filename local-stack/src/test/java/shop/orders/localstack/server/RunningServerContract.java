package shop.orders.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Holds for every server of the local stack. */
interface RunningServerContract<S extends RunningServer> {
  /** A server of one's own: not started, no data, free ports. */
  S newServer();

  /** Stores something with the server's own client. */
  void write(S server, String value) throws Exception;

  /** What was stored before, nothing else. */
  String read(S server) throws Exception;

  @Test
  default void killedOrStopped_keepsDataAndPorts() throws Exception {
    try (var server = newServer()) {
      server.start();
      var first = server.process().pid();
      server.start();
      assertThat(server.process().pid()).as("started twice").isEqualTo(first);
      write(server, "kept");
      server.kill();
      assertThat(server.process().state()).isEqualTo(ServerProcess.State.DEAD);
      assertThat(server.ready()).isFalse();
      server.start();
      assertThat(read(server)).as("after the kill").isEqualTo("kept");
      server.stop();
      assertThat(server.process().state()).isEqualTo(ServerProcess.State.STOPPED);
      assertThat(server.ready()).isFalse();
      server.start();
      assertThat(read(server)).as("after the stop").isEqualTo("kept");
    }
  }

  @Test
  default void frozen_hangsUntilThawed_whileAnotherBesideItAnswers() throws Exception {
    try (var frozen = newServer(); var other = newServer()) {
      frozen.start();
      other.start();
      write(frozen, "one");
      write(other, "two");
      frozen.freeze();
      assertThat(frozen.process().state()).isEqualTo(ServerProcess.State.FROZEN);
      assertThat(frozen.ready()).isFalse();
      assertThat(read(other)).isEqualTo("two");
      frozen.thaw();
      await().atMost(Duration.ofSeconds(30)).until(frozen::ready);
      assertThat(frozen.process().state()).isEqualTo(ServerProcess.State.RUNNING);
      assertThat(read(frozen)).isEqualTo("one");
      frozen.freeze();
      frozen.kill();
      assertThat(frozen.process().state()).isEqualTo(ServerProcess.State.DEAD);
    }
  }
}
