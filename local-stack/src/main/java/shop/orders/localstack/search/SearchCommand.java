package shop.orders.localstack.search;

import picocli.CommandLine.Command;
import shop.orders.localstack.cli.OmsCommand;

/** {@code ./oms search}: without a subcommand it shows its help. */
@Command(
    name = "search",
    description = "What search holds and what it does not, and how that is put right.",
    mixinStandardHelpOptions = true,
    subcommands = {ProblemsCommand.class, RetryCommand.class, CheckCommand.class, DeadLettersCommand.class, RebuildCommand.class, SwapBackCommand.class})
public final class SearchCommand implements OmsCommand {}
