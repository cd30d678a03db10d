/** What both services' HTTP edges share: the key check, the API's two error shapes, and bodies taken whatever their content type. */
@NullMarked
package shop.orders.web;

import org.jspecify.annotations.NullMarked;
