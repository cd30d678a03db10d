package shop.orders.localstack.frontdoor;

import java.nio.charset.StandardCharsets;

/** Browsers and VTEX's own clients send {@code [}, {@code ]}, {@code |} and blanks unencoded in a query; the services' servers refuse them. */
final class QueryText {
  private static final String ALLOWED = "-._~!$&'()*+,;=:@/?";

  private QueryText() {}

  /** The same query with every character the standard does not allow percent-encoded; what is encoded already stays as it is. */
  static String encoded(String query) {
    var text = new StringBuilder(query.length() + 16);
    for (int i = 0; i < query.length(); ) {
      int character = query.codePointAt(i);
      if (isAllowed(character) || character == '%' && isEncoded(query, i)) {
        text.appendCodePoint(character);
      } else {
        for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8)) text.append(String.format("%%%02X", each));
      }
      i += Character.charCount(character);
    }
    return text.toString();
  }

  private static boolean isAllowed(int character) {
    return character >= 'a' && character <= 'z'
        || character >= 'A' && character <= 'Z'
        || character >= '0' && character <= '9'
        || ALLOWED.indexOf(character) >= 0;
  }

  private static boolean isEncoded(String query, int percent) {
    return percent + 2 < query.length()
        && Character.digit(query.charAt(percent + 1), 16) >= 0
        && Character.digit(query.charAt(percent + 2), 16) >= 0;
  }
}
