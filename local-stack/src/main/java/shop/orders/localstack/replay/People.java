package shop.orders.localstack.replay;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Invented buyers with names and addresses as they are in Brazil. Any likeness is chance: every list here is made up. */
final class People {
  /**
   * @param cepPrefix first two digits of its postal codes
   * @param areaCode of its telephones
   */
  record City(String name, String state, String cepPrefix, String areaCode, double longitude, double latitude) {}

  private static final List<String> FIRST = List.of(
      "Ana", "Bruno", "Camila", "Carlos", "Cláudia", "Daniel", "Eduardo", "Fernanda", "Gabriel", "Helena", "Igor", "Isabela", "João",
      "José", "Juliana", "Larissa", "Leandro", "Luana", "Lucas", "Luiz", "Marcela", "Márcio", "Maria", "Mariana", "Mateus", "Natália",
      "Otávio", "Patrícia", "Paulo", "Rafael", "Renata", "Ricardo", "Rodrigo", "Sônia", "Tatiane", "Thiago", "Vanessa", "Vinícius");
  private static final List<String> LAST = List.of(
      "Almeida", "Alves", "Araújo", "Barbosa", "Barros", "Batista", "Carvalho", "Castro", "Conceição", "Correia", "Costa", "Dias",
      "Fernandes", "Ferreira", "Freitas", "Gomes", "Gonçalves", "Lima", "Lopes", "Magalhães", "Martins", "Melo", "Moreira",
      "Nascimento", "Nunes", "Oliveira", "Pereira", "Pinto", "Ramos", "Ribeiro", "Rocha", "Rodrigues", "Santos", "Silva", "Soares",
      "Sousa", "Teixeira", "Vieira");
  private static final List<String> STREETS = List.of(
      "Rua das Acácias", "Rua Sete de Abril", "Avenida Brasil", "Rua XV de Novembro", "Avenida Getúlio Vargas", "Rua do Comércio",
      "Rua Santo Antônio", "Avenida Atlântica", "Travessa do Ouvidor", "Rua Marechal Deodoro", "Alameda dos Ipês", "Rua Tiradentes",
      "Rua Rui Barbosa", "Avenida São João", "Rua Bela Vista", "Rua José de Alencar");
  private static final List<String> NEIGHBORHOODS = List.of(
      "Centro", "Boa Vista", "Jardim América", "Vila Nova", "São José", "Santa Luzia", "Bela Vista", "Cidade Nova", "Alto da Glória",
      "Parque Industrial", "Água Verde", "Praia Grande");
  private static final List<City> CITIES = List.of(
      new City("São Paulo", "SP", "04", "11", -46.6333, -23.5505), new City("Campinas", "SP", "13", "19", -47.0608, -22.9056),
      new City("Santos", "SP", "11", "13", -46.3336, -23.9608), new City("Rio de Janeiro", "RJ", "22", "21", -43.1729, -22.9068),
      new City("Niterói", "RJ", "24", "21", -43.1034, -22.8832), new City("Belo Horizonte", "MG", "30", "31", -43.9386, -19.9208),
      new City("Uberlândia", "MG", "38", "34", -48.2772, -18.9186), new City("Vitória", "ES", "29", "27", -40.3378, -20.3194),
      new City("Curitiba", "PR", "80", "41", -49.2733, -25.4284), new City("Londrina", "PR", "86", "43", -51.1691, -23.3045),
      new City("Florianópolis", "SC", "88", "48", -48.5480, -27.5954), new City("Porto Alegre", "RS", "90", "51", -51.2177, -30.0346),
      new City("Salvador", "BA", "40", "71", -38.5014, -12.9714), new City("Recife", "PE", "50", "81", -34.8770, -8.0476),
      new City("Fortaleza", "CE", "60", "85", -38.5270, -3.7319), new City("Brasília", "DF", "70", "61", -47.8825, -15.7942),
      new City("Goiânia", "GO", "74", "62", -49.2643, -16.6869), new City("Manaus", "AM", "69", "92", -60.0217, -3.1190),
      new City("Belém", "PA", "66", "91", -48.4902, -1.4558));

  private People() {}

  static City anyCity(Dice dice) {
    return dice.pick(CITIES);
  }

  /** @param wish a word in the e-mail address that steers the stub antifraud provider; null for none */
  static Basket.Buyer buyer(Dice dice, City city, String postalCode, @Nullable String wish) {
    var first = dice.pick(FIRST);
    var last = dice.chance(0.4) ? dice.pick(LAST) + " " + dice.pick(LAST) : dice.pick(LAST);
    var mailbox = plain(first) + "." + plain(last) + dice.digits(4) + (wish == null ? "" : "." + wish);
    return new Basket.Buyer(
        first, last, mailbox + "@example.com", document(dice), "+55" + city.areaCode() + "9" + dice.digits(8), dice.hex(32),
        dice.pick(STREETS), String.valueOf(dice.between(1, 2500)), dice.chance(0.3) ? "Apto " + dice.between(11, 184) : null,
        dice.pick(NEIGHBORHOODS), postalCode, city.name(), city.state(),
        nearby(city.longitude(), dice), nearby(city.latitude(), dice));
  }

  static String postalCode(Dice dice, City city) {
    return city.cepPrefix() + dice.digits(3) + "-" + dice.digits(3);
  }

  /** Eleven digits like a CPF whose last check digit is wrong, so that it is nobody's. */
  private static String document(Dice dice) {
    var nine = dice.digits(9);
    int first = checkDigit(nine);
    int second = checkDigit(nine + first);
    return nine + first + (second + 1) % 10;
  }

  private static int checkDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) sum += (digits.charAt(i) - '0') * (digits.length() + 1 - i);
    int rest = sum * 10 % 11;
    return rest == 10 ? 0 : rest;
  }

  private static double nearby(double degrees, Dice dice) {
    return Math.round((degrees + (dice.share() - 0.5) / 10) * 1e5) / 1e5;
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "").replace(' ', '.').toLowerCase(Locale.ROOT);
  }
}
