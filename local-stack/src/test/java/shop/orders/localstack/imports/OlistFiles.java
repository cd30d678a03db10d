package shop.orders.localstack.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Made-up files in the shape of the Olist data. */
final class OlistFiles {
  private static final String ORDERS = "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,"
      + "order_delivered_customer_date,order_estimated_delivery_date";

  private final Path directory;

  private OlistFiles(Path directory) {
    this.directory = directory;
  }

  /** With everything that {@code orders} may need; each line of them without the promised date, the 30th of November 2017 throughout. */
  static Path write(Path directory, String... orders) throws IOException {
    Files.createDirectories(directory);
    var files = new OlistFiles(directory);
    files.file("customers.csv", List.of("customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state", "c1,u1,01310,são paulo,SP"));
    files.file("sellers.csv", List.of("seller_id,seller_zip_code_prefix,seller_city,seller_state", "s1,09080,santo andre,SP"));
    files.file("products.csv", List.of(
        "product_id,product_category_name,product_weight_g,product_length_cm,product_height_cm,product_width_cm", "p1,perfumaria,200,18,7,12"));
    var rows = new ArrayList<>(List.of(ORDERS));
    var items = new ArrayList<>(List.of("order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value"));
    var payments = new ArrayList<>(List.of("order_id,payment_sequential,payment_type,payment_installments,payment_value"));
    for (var order : orders) {
      var id = order.substring(0, order.indexOf(','));
      rows.add(order + ",2017-11-30 00:00:00");
      items.add(id + ",1,p1,s1,2017-10-06 11:07:15,10.10,3.33");
      payments.add(id + ",1,credit_card,1,13.43");
    }
    files.file("orders.csv", rows);
    files.file("order_items.csv", items);
    files.file("order_payments.csv", payments);
    return directory;
  }

  private void file(String name, List<String> lines) throws IOException {
    Files.write(directory.resolve(name), lines);
  }
}
