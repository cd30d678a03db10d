package shop.orders.localstack.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

class KafkaIT implements RunningServerContract<Kafka> {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  @Override
  public Kafka newServer() {
    return new Kafka(Kafka.Settings.forTests(PrivateDirectories.next()));
  }

  @Override
  public void write(Kafka server, String value) throws Exception {
    var config = Map.<String, Object>of("bootstrap.servers", server.bootstrapServers());
    try (var admin = Admin.create(config);
        var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic("t", Optional.of(1), Optional.empty()))).all().get();
      producer.send(new ProducerRecord<>("t", value)).get();
    }
  }

  @Override
  public String read(Kafka server) {
    var config = Map.<String, Object>of("bootstrap.servers", server.bootstrapServers());
    try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      return consumer.poll(Duration.ofSeconds(30)).iterator().next().value();
    }
  }
}
