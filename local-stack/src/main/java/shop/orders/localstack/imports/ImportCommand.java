package shop.orders.localstack.imports;

import picocli.CommandLine.Command;
import shop.orders.localstack.cli.OmsCommand;

/** {@code ./oms import}: without a subcommand it shows its help. */
@Command(
    name = "import",
    description = "Loads orders with the status, dates and timeline they have.",
    mixinStandardHelpOptions = true,
    subcommands = {OlistImportCommand.class, DocumentsImportCommand.class})
public final class ImportCommand implements OmsCommand {}
