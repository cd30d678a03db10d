package shop.orders.localstack.replay;

import picocli.CommandLine.Command;
import shop.orders.localstack.cli.OmsCommand;

/** {@code ./oms replay}: without a subcommand it shows its help. */
@Command(
    name = "replay",
    description = "Places orders and watches each to its end.",
    mixinStandardHelpOptions = true,
    subcommands = {GeneratedCommand.class, OlistCommand.class})
public final class ReplayCommand implements OmsCommand {}
