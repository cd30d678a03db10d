package shop.orders.testservers;

import java.net.InetSocketAddress;

/** @param datacenter the driver's local one */
public record CassandraAddress(InetSocketAddress contactPoint, String datacenter) {
  /** As {@code spring.cassandra.contact-points} wants it. */
  public String hostAndPort() {
    return contactPoint.getHostString() + ":" + contactPoint.getPort();
  }
}
