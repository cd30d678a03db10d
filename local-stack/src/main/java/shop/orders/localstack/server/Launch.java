package shop.orders.localstack.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param name for messages
 * @param command program and arguments
 * @param environment added to the inherited environment, or all there is if {@code cleanEnvironment}
 * @param directory working directory; must exist
 * @param log appended to by standard output and standard error
 * @param endsWithThisJvm whether the process is killed when this JVM ends in whatever way
 * @param yields whether it gets less of the processors than others when all want more than there is
 */
public record Launch(
    String name,
    List<String> command,
    Map<String, String> environment,
    boolean cleanEnvironment,
    Path directory,
    Path log,
    boolean endsWithThisJvm,
    boolean yields) {

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
