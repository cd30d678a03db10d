package shop.orders.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The public API's own samples, which are not ours to copy: {@code -Dvtex.reference=DIR}. */
final class Fixtures {
  static final String PLACE = "vtex.reference";
  static final String ABSENT = "the VTEX reference documents are not part of this project; give their place with -Dvtex.reference=DIR";

  private Fixtures() {}

  static JsonNode action(String name) {
    try {
      return Api.JSON.readTree(Files.readString(Path.of(System.getProperty(PLACE), "fixtures", "actions", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where two documents have different keys, looking only where both have content; empty if they are of one shape. */
  static List<String> differences(JsonNode expected, JsonNode actual) {
    var found = new ArrayList<String>();
    compare(expected, actual, "", found);
    return found;
  }

  private static void compare(JsonNode expected, JsonNode actual, String at, List<String> found) {
    if (expected.isObject() && actual.isObject() && !expected.isEmpty() && !actual.isEmpty()) {
      for (var name : expected.propertyNames()) {
        if (actual.has(name)) compare(expected.get(name), actual.get(name), at + "/" + name, found);
        else found.add("missing " + at + "/" + name);
      }
      for (var name : actual.propertyNames()) if (!expected.has(name)) found.add("unexpected " + at + "/" + name);
    } else if (expected.isArray() && actual.isArray() && !expected.isEmpty() && !actual.isEmpty()) {
      compare(expected.get(0), actual.get(0), at + "/0", found);
    } else if (expected.isContainer() != actual.isContainer() && !expected.isNull() && !actual.isNull()) {
      found.add("another kind " + at);
    }
  }
}
