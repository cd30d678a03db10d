package shop.orders.systemtest.verify;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.client.Listening;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.cassandra.CassandraStores;
import shop.orders.systemtest.ToolCommand;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;
import shop.orders.systemtest.verify.Findings.Fault;

/** {@code ./oms verify}. Exit code 0: all zeros; 1: something is not; 2: it could not be judged. */
@Command(
    name = "verify",
    description = {
      "Compares, for every order, its version chain, the event log, Kafka's cursor and the index.",
      "Looks again until everything is zero or the settling time is over; reads only."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand extends ToolCommand {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Option(names = "--settle", paramLabel = "SECONDS", defaultValue = "60", description = "How long what is on its way may take (default: ${DEFAULT-VALUE}).")
  private int settleSeconds;

  @Option(names = "--keyspace", defaultValue = "orders", description = "The orders' keyspace (default: ${DEFAULT-VALUE}).")
  private String keyspace = "orders";

  @Option(names = "--datacenter", defaultValue = "datacenter1", description = "Cassandra's datacenter (default: ${DEFAULT-VALUE}).")
  private String datacenter = "datacenter1";

  @Option(names = "--cassandra", paramLabel = "HOST:PORT", converter = HostAndPort.class, description = "Cassandra, if it is not the local stack's.")
  private @Nullable InetSocketAddress cassandra;

  @Option(names = "--elasticsearch", paramLabel = "URL", description = "Elasticsearch, if it is not the local stack's.")
  private @Nullable URI elasticsearch;

  @Option(names = "--alias", defaultValue = "orders", description = "The alias that is searched (default: ${DEFAULT-VALUE}).")
  private String alias = "orders";

  @Override
  public Integer call() {
    var local = Addresses.ofThisStack();
    var contact = cassandra == null ? local.cassandra() : cassandra;
    if (!Listening.at(contact)) {
      say("nothing listens at " + contact.getHostString() + ":" + contact.getPort() + ", where Cassandra should; is everything up? (./oms up)");
      return 2;
    }
    try (var opened = CassandraStores.open(contact, datacenter, keyspace)) {
      var stores = opened.stores();
      var index = new ElasticsearchIndex(new PlainElasticsearch(elasticsearch == null ? local.elasticsearch() : elasticsearch), alias);
      var judge = new Judge(stores.orderScan(), stores.orders(), stores.eventLog(), stores.cursors(), stores.settings(), index);
      return settle(judge);
    } catch (StoreUnavailable e) {
      say("Cassandra at " + contact + " does not answer: " + e.getMessage());
      return 2;
    }
  }

  private int settle(Judge judge) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(settleSeconds);
    boolean said = false;
    while (true) {
      var findings = judge.look();
      boolean over = System.nanoTime() > deadline;
      if (findings.allZero() || over) {
        report(findings);
        return findings.allZero() ? 0 : 1;
      }
      if (!said) say("not all zeros yet; looking again for up to " + settleSeconds + " s");
      said = true;
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void report(Findings findings) {
    say("%,12d orders".formatted(findings.orders));
    say("%,12d events".formatted(findings.events));
    for (var fault : Fault.values()) {
      boolean known = !fault.isAboutTheIndex() || findings.trouble().isEmpty();
      say(known ? "%,12d %s".formatted(findings.count(fault), fault.words()) : "%12s %s".formatted("not known", fault.words()));
      findings.examples(fault).forEach(example -> say("               " + example));
    }
    findings.trouble().ifPresent(this::say);
    say(findings.allZero() ? "everything is accounted for" : "NOT everything is accounted for");
  }

  private static final class HostAndPort implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      var address = URI.create("//" + text);
      return new InetSocketAddress(address.getHost(), address.getPort());
    }
  }
}
