package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shop.orders.web.ApiError;

class StatusNamesTest {
  private final StatusNames names = new StatusNames(properties(true));

  @Test
  void check_passesAllThatThePublicGuideNames() {
    var documented = List.of(
        "order-created", "on-order-completed", "on-order-completed-ffm", "payment-pending", "waiting-for-order-authorization", "approve-payment",
        "payment-approved", "request-cancel", "waiting-for-seller-decision", "waiting-ffmt-authorization", "waiting-for-authorization",
        "waiting-for-manual-authorization", "authorize-fulfillment", "order-create-error", "order-creation-error", "window-to-cancel",
        "window-to-change-seller", "waiting-for-mkt-authorization", "waiting-seller-handling", "ready-for-handling", "start-handling", "handling",
        "invoice-after-cancellation-deny", "order-accepted", "invoice", "invoiced", "replaced", "cancellation-requested", "cancel", "canceled",
        "window-to-change-payment", "waiting-for-fulfillment", "ready-for-invoicing", "waiting-for-sellers-confirmation", "cancellation-request-denied",
        "cancellation-request-denied-ffm", "release-to-fulfillment", "shipped");
    assertThatCode(() -> names.check(documented)).doesNotThrowAnyException();
    assertThatCode(() -> names.check(List.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"order-completed, on-order-completed", "cancelation-request, cancellation-requested", "ready-for-invoice, ready-for-invoicing", "handling, handling"})
  void documentedMisspelling_isTakenForWhatItMeans(String sent, String meant) {
    assertThatCode(() -> names.check(List.of(sent))).doesNotThrowAnyException();
    assertThat(new FeedFilter.FromWorkflow(List.of(sent)).wants(meant)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
      "invoised, invoiced",
      "cancelled, canceled",
      "Invoiced, invoiced",
      "READY_FOR_HANDLING, ready-for-handling",
      "' handling', handling",
      "ready-for-handlin, ready-for-handling",
      "payment-aproved, payment-approved",
      "window-to-change-sellers, window-to-change-seller",
  })
  void check_refusesOthersAndSaysWhatWasMeant(String typed, String meant) {
    assertThatThrownBy(() -> names.check(List.of("handling", typed))).isInstanceOfSatisfying(ApiError.class, e -> {
      assertThat(e.status().value()).isEqualTo(400);
      assertThat(e.fields()).containsOnlyKeys("Filter.Status");
      assertThat(e.getMessage()).isEqualTo(typed + " is no status; did you mean " + meant + "?");
    });
  }

  @Test
  void check_refusesIncomplete_whichNoFeedHearsOf() {
    assertThatThrownBy(() -> names.check(List.of("incomplete"))).hasMessageContaining("not complete");
  }

  @Test
  void check_cutsWhatIsLongerThanAnyStatus() {
    assertThatThrownBy(() -> names.check(List.of("x".repeat(1_000_000)))).satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    assertThatThrownBy(() -> names.check(List.of(""))).hasMessageContaining("did you mean");
  }

  @Test
  void check_takesEverythingWhereItIsTurnedOff() {
    assertThatCode(() -> new StatusNames(properties(false)).check(List.of("invoised"))).doesNotThrowAnyException();
  }

  private static FeedProperties properties(boolean checkStatuses) {
    return new FeedProperties(100, 10, Duration.ofMillis(500), checkStatuses);
  }
}
