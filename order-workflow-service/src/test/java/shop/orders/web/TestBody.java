package shop.orders.web;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Lets tests of other packages have bodies of requests. */
public final class TestBody {
  private TestBody() {}

  public static JsonBody of(String json) {
    return new JsonBody(json.getBytes(StandardCharsets.UTF_8), JsonMapper.shared());
  }
}
