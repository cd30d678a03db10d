/** Stand-ins for the antifraud provider, the ERP and the carrier: outsiders that know the public API and nothing else. */
@NullMarked
package shop.orders.localstack.partners;

import org.jspecify.annotations.NullMarked;
