package shop.orders.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The operator's access.
 *
 * @param token what {@code X-Operator-Token} must say; absent: the operator API is closed
 */
@ConfigurationProperties("orders.operator")
record OperatorProperties(@Nullable String token) {}
