package shop.orders.localstack.search;

import picocli.CommandLine.Command;
import shop.orders.localstack.cli.OmsCommand;

/** {@code ./oms search}: without a subcommand it shows its help. */
@Command(
    name = "search",
    description = "What the search service could not do as it should, and how it is done again.",
    mixinStandardHelpOptions = true,
    subcommands = {ProblemsCommand.class, RetryCommand.class, DeadLettersCommand.class})
public final class SearchCommand implements OmsCommand {}
