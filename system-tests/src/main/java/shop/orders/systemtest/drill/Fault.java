package shop.orders.systemtest.drill;

/**
 * Something that goes wrong, and is put right again: the cause, never what followed from it.
 *
 * @param name as the command takes it
 * @param words for the report
 */
record Fault(String name, String words, Runnable begin, Runnable end) {}
