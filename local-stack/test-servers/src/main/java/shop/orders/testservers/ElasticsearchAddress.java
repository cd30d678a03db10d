package shop.orders.testservers;

import java.net.URI;

/** @param uri without a path; nobody is asked for a password */
public record ElasticsearchAddress(URI uri) {}
