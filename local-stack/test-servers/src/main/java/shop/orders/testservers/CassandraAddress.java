package shop.orders.testservers;

import java.net.InetSocketAddress;

/** @param datacenter the driver's local one */
public record CassandraAddress(InetSocketAddress contactPoint, String datacenter) {}
