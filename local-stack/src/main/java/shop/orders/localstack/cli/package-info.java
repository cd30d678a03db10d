/** The command line {@code ./oms}: starts, shows and disturbs the processes of the local stack. State lives below {@code .oms/}. */
package shop.orders.localstack.cli;
