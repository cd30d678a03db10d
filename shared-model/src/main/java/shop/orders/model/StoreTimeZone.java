package shop.orders.model;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Time zones of stores. Documents name them as Windows does; the JDK has no such table, so those of the countries stores are in stand here. */
final class StoreTimeZone {
  private static final Map<String, String> WINDOWS = new HashMap<>();

  static {
    put("E. South America Standard Time", "America/Sao_Paulo");
    put("Bahia Standard Time", "America/Bahia");
    put("Tocantins Standard Time", "America/Araguaina");
    put("SA Eastern Standard Time", "America/Cayenne");
    put("Central Brazilian Standard Time", "America/Cuiaba");
    put("SA Western Standard Time", "America/La_Paz");
    put("SA Pacific Standard Time", "America/Bogota");
    put("Pacific SA Standard Time", "America/Santiago");
    put("Argentina Standard Time", "America/Buenos_Aires");
    put("Montevideo Standard Time", "America/Montevideo");
    put("Paraguay Standard Time", "America/Asuncion");
    put("Venezuela Standard Time", "America/Caracas");
    put("Central America Standard Time", "America/Guatemala");
    put("Central Standard Time (Mexico)", "America/Mexico_City");
    put("Eastern Standard Time", "America/New_York");
    put("Central Standard Time", "America/Chicago");
    put("Mountain Standard Time", "America/Denver");
    put("US Mountain Standard Time", "America/Phoenix");
    put("Pacific Standard Time", "America/Los_Angeles");
    put("GMT Standard Time", "Europe/London");
    put("W. Europe Standard Time", "Europe/Berlin");
    put("Romance Standard Time", "Europe/Paris");
    put("Central Europe Standard Time", "Europe/Budapest");
    put("Central European Standard Time", "Europe/Warsaw");
    put("GTB Standard Time", "Europe/Bucharest");
    put("AUS Eastern Standard Time", "Australia/Sydney");
    put("India Standard Time", "Asia/Kolkata");
    put("Tokyo Standard Time", "Asia/Tokyo");
  }

  private StoreTimeZone() {}

  /** @param name as Windows or the IANA has it; UTC for null and any other */
  static ZoneId of(@Nullable String name) {
    if (name == null || name.isBlank()) return ZoneOffset.UTC;
    try {
      return ZoneId.of(WINDOWS.getOrDefault(name, name));
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  private static void put(String windows, String iana) {
    WINDOWS.put(windows, iana);
  }
}
