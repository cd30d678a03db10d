package shop.orders.web;

import java.nio.charset.StandardCharsets;

/** Lets tests of other packages have bodies of requests. */
public final class TestBody {
  private TestBody() {}

  public static JsonBody of(String json) {
    return new JsonBody(json.getBytes(StandardCharsets.UTF_8));
  }
}
