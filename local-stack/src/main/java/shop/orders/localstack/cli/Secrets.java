package shop.orders.localstack.cli;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * Random tokens, made once and kept in {@code .oms/secrets.properties}, which only its owner may read.
 *
 * @param operator for the workflow service's operator API
 * @param user of the user's own key
 * @param erp of the stub ERP's key
 * @param carrier of the stub carrier's key
 * @param canary of the key the services send test orders with
 */
record Secrets(String operator, String user, String erp, String carrier, String canary) {
  static final String USER_KEY = "vtexappkey-demo-LOCALK";
  static final String ERP_KEY = "vtexappkey-demo-ERPSTB";
  static final String CARRIER_KEY = "vtexappkey-demo-CARRYR";
  static final String CANARY_KEY = "vtexappkey-canary-CANARY";
  private static final int BYTES = 32;

  static Secrets of(Home home) {
    var file = home.state().resolve("secrets.properties");
    var kept = Home.load(file);
    var known = kept.size();
    var secrets = new Secrets(
        keptOrNew(kept, "operator"), keptOrNew(kept, "user"), keptOrNew(kept, "erp"), keptOrNew(kept, "carrier"), keptOrNew(kept, "canary"));
    if (kept.size() > known) Home.write(file, kept);
    return secrets;
  }

  /** Never shown by accident. */
  @Override
  public String toString() {
    return "Secrets";
  }

  private static String keptOrNew(Properties kept, String name) {
    return (String) kept.computeIfAbsent(name, absent -> random());
  }

  private static String random() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
