package shop.orders.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ImagesTest {
  @Test
  void images_areThoseOfDockerCompose() throws Exception {
    var compose = Files.readString(Path.of("../../docker-compose.yml"));
    for (var image : new String[] {Images.CASSANDRA, Images.KAFKA, Images.ELASTICSEARCH}) assertThat(compose).contains("image: " + image + "\n");
  }
}
