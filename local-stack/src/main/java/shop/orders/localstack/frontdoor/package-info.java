/** One host name for two services: by method and path to the one or the other, and nothing else. */
package shop.orders.localstack.frontdoor;
