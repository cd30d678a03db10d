package shop.orders.localstack.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import shop.orders.localstack.server.ClassArchive;
import shop.orders.localstack.server.Jdk;
import shop.orders.localstack.server.Launch;
import shop.orders.localstack.server.LocalServer;

/** One of our own programs as a process that outlives the command line. */
final class JavaProcess extends LocalServer {
  private final Program program;
  private final Jdk jdk = Jdk.running();

  /**
   * What is run.
   *
   * @param code where its classes are; asked for at each start
   * @param jvmOptions heap and such
   * @param arguments of the program
   * @param environment secrets go here, arguments are visible to everybody on the machine
   * @param readiness answers {@code readyStatus} to a GET when it can do its work
   * @param readyStatus such as 200
   * @param liveness answers the same when it has started, whatever its neighbours do
   * @param yields whether it gets less of the processors than others when all want more than there is
   */
  record Program(
      String name,
      Path directory,
      Code code,
      List<String> jvmOptions,
      List<String> arguments,
      Map<String, String> environment,
      URI readiness,
      URI liveness,
      int readyStatus,
      boolean yields) {}

  JavaProcess(Program program) {
    super(program.name(), program.directory(), false);
    this.program = program;
  }

  Program program() {
    return program;
  }

  @Override
  protected Launch launch(Path directory, boolean endsWithThisJvm) {
    var code = program.code().prepared(directory, jdk);
    var command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(program.jvmOptions());
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8"));
    command.addAll(classes(code).options());
    command.addAll(code.command());
    command.addAll(program.arguments());
    return new Launch(name(), command, program.environment(), false, directory, log(), endsWithThisJvm, program.yields());
  }

  @Override
  public boolean ready() {
    return Http.answers(program.readiness(), program.readyStatus());
  }

  @Override
  protected boolean started() {
    return Http.answers(program.liveness(), program.readyStatus());
  }

  @Override
  protected void ended() {
    if (program.code().built(directory())) classes(program.code().prepared(directory(), jdk)).keep();
  }

  private ClassArchive classes(Code.Prepared code) {
    return ClassArchive.of(name(), jdk, code.classPath(), directory());
  }
}
