package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shop.orders.store.Settings;

final class CassandraSettings implements Settings {
  private final Cql cql;
  private final PreparedStatement selectOne;
  private final PreparedStatement selectAll;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  CassandraSettings(Cql cql) {
    this.cql = cql;
    selectOne = cql.prepare("SELECT json FROM {keyspace}.settings WHERE kind = ? AND scope = ? AND name = ?");
    selectAll = cql.prepare("SELECT name, json FROM {keyspace}.settings WHERE kind = ? AND scope = ?");
    insert = cql.prepare("INSERT INTO {keyspace}.settings (kind, scope, name, json) VALUES (?, ?, ?, ?)");
    delete = cql.prepare("DELETE FROM {keyspace}.settings WHERE kind = ? AND scope = ? AND name = ?");
  }

  @Override
  public Optional<String> find(Kind kind, String scope, String name) {
    var row = cql.read("reading " + kind + " " + name, selectOne.bind(kind.name(), scope, name)).one();
    return Optional.ofNullable(row).map(r -> r.getString("json"));
  }

  @Override
  public void save(Kind kind, String scope, String name, String json) {
    Cql.await("saving " + kind + " " + name, List.of(cql.write(insert.bind(kind.name(), scope, name, json))));
  }

  @Override
  public void delete(Kind kind, String scope, String name) {
    Cql.await("deleting " + kind + " " + name, List.of(cql.write(delete.bind(kind.name(), scope, name))));
  }

  @Override
  public Map<String, String> list(Kind kind, String scope) {
    return Cql.answered(
        "listing " + kind,
        () -> {
          var found = new HashMap<String, String>();
          for (var row : cql.read("", selectAll.bind(kind.name(), scope))) found.put(row.getString("name"), row.getString("json"));
          return found;
        });
  }
}
