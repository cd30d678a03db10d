package shop.orders.localstack.cli;

/** Marks a picocli command, found by {@link java.util.ServiceLoader} and made with its constructor without arguments, as a subcommand of {@code ./oms}. */
public interface OmsCommand {}
