/**
 * The real servers that tests share: containers where an engine answers, else processes of the local stack. Start at
 * {@link shop.orders.testservers.TestServers}.
 */
package shop.orders.testservers;
