package shop.orders.workflow.seller;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Where a seller's calls go. */
final class SellerAddress {
  private SellerAddress() {}

  /**
   * @param endpoint what the seller gave; a query of its own stays, and counts more than ours
   * @param path with {@code {theirs}} where the seller's own id of the order belongs
   */
  static URI of(URI endpoint, String path, String theirs, String affiliate) {
    var address = UriComponentsBuilder.fromUri(URI.create(endpoint.toASCIIString())).path(path.replace("{theirs}", UriUtils.encodePathSegment(theirs, StandardCharsets.UTF_8))).fragment(null);
    var given = address.build().getQueryParams().keySet();
    if (given.stream().noneMatch("sc"::equalsIgnoreCase)) address.queryParam("sc", "1");
    if (given.stream().noneMatch("affiliateId"::equalsIgnoreCase)) address.queryParam("affiliateId", affiliate);
    return address.build(true).toUri();
  }
}
