package shop.orders.localstack.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Invented goods: some thousand products in the ranges of price, size and weight their kind has. */
final class Catalogue {
  /** Prices in cents for one, weight in grams, longest side in centimetres. */
  private record Kind(String category, int leastPrice, int mostPrice, int grams, int side, List<String> nouns) {}

  /** @param price cents for one */
  record Offer(Basket.Product product, long price) {}

  private static final List<Kind> KINDS = List.of(
      new Kind("Casa e Cozinha", 1290, 39990, 900, 30, List.of("Jogo de Panelas", "Cafeteira", "Conjunto de Facas", "Toalha de Mesa", "Luminária")),
      new Kind("Moda", 2990, 29990, 350, 25, List.of("Camiseta", "Calça Jeans", "Vestido", "Tênis", "Jaqueta", "Bermuda")),
      new Kind("Beleza e Saúde", 990, 24990, 300, 15, List.of("Perfume", "Shampoo", "Hidratante", "Protetor Solar")),
      new Kind("Informática", 3990, 549990, 1500, 40, List.of("Teclado", "Mouse sem Fio", "Monitor", "Roteador", "Notebook")),
      new Kind("Brinquedos", 1990, 34990, 700, 35, List.of("Quebra-cabeça", "Boneca", "Carrinho", "Jogo de Tabuleiro")),
      new Kind("Ferramentas", 1590, 89990, 2200, 35, List.of("Furadeira", "Jogo de Chaves", "Trena", "Parafusadeira")),
      new Kind("Livros e Papelaria", 490, 12990, 400, 25, List.of("Caderno", "Livro", "Caneta", "Agenda")),
      new Kind("Móveis", 8990, 249990, 18000, 95, List.of("Cadeira", "Estante", "Escrivaninha", "Poltrona")),
      new Kind("Pet Shop", 890, 32990, 3000, 40, List.of("Ração", "Coleira", "Cama para Cachorro", "Arranhador")));
  private static final List<String> BRANDS = List.of("Aurora", "Jatobá", "Serra Azul", "Cajuína", "Estrela do Sul", "Ipê", "Maré", "Sabiá");
  private static final List<String> TRAITS = List.of("Azul", "Preto", "Branco", "Compacto", "Premium", "Clássico", "Infantil", "Grande");

  /** The same for every run: a product is sold many times. */
  private static final List<Offer> OFFERS = all().toList();

  private Catalogue() {}

  static Offer any(Dice dice) {
    return dice.pick(OFFERS);
  }

  private static Stream<Offer> all() {
    var offers = new ArrayList<Offer>();
    for (var kind : KINDS) {
      for (var noun : kind.nouns()) {
        for (var brand : BRANDS) {
          for (var trait : TRAITS) offers.add(offer(kind, noun, brand, trait, offers.size()));
        }
      }
    }
    return offers.stream();
  }

  private static Offer offer(Kind kind, String noun, String brand, String trait, int number) {
    var dice = new Dice(0, number);
    var product = new Basket.Product(
        String.valueOf(10_000 + number), String.valueOf(5_000 + number / TRAITS.size()), noun + " " + brand + " " + trait, brand,
        kind.category(), dice.between(kind.grams() / 2, kind.grams() * 2), dice.between(kind.side() / 2, kind.side()),
        dice.between(2, kind.side()), dice.between(2, kind.side()));
    long price = dice.skewed(kind.leastPrice(), kind.mostPrice());
    return new Offer(product, price / 10 * 10 + (dice.chance(0.8) ? 9 : 0));
  }
}
