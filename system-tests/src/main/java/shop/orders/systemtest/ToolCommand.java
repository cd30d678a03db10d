package shop.orders.systemtest;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.OmsCommand;

/** A command of {@code ./oms} that tells how it gets on, and uses the other commands. */
public abstract class ToolCommand implements OmsCommand, Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** One line, at once. */
  protected final void say(String line) {
    out().println(line);
    out().flush();
  }

  /** One line of why it does not work, at once, where errors go. */
  protected final void complain(String line) {
    var err = commandLine().getErr();
    err.println(line);
    err.flush();
  }

  protected final PrintWriter out() {
    return commandLine().getOut();
  }

  /** @return the other command's exit code */
  protected final int run(String... command) {
    return commandLine().getParent().execute(command);
  }

  /** @throws IllegalStateException if the other command's exit code is not 0 */
  protected final void oms(String... command) {
    if (run(command) != 0) throw new IllegalStateException("./oms " + String.join(" ", List.of(command)) + " failed");
  }

  /** @throws CommandLine.ParameterException if it does not hold: nothing is done, exit code 2 */
  protected final void require(boolean holds, String otherwise) {
    if (!holds) throw new CommandLine.ParameterException(commandLine(), otherwise);
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec, "picocli sets it").commandLine();
  }
}
