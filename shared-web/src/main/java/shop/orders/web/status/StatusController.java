package shop.orders.web.status;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The status, without a key: who cannot get in is who asks most. Answers from memory. */
@RestController
class StatusController {
  private final StatusLoop status;

  StatusController(StatusLoop status) {
    this.status = status;
  }

  /** A page for who asks for one by name, as browsers do; JSON for all others. */
  @GetMapping("/status")
  ResponseEntity<Object> status(@RequestHeader HttpHeaders headers) {
    boolean page = accepted(headers).stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
    var answer = ResponseEntity.ok().cacheControl(CacheControl.noStore()).varyBy(HttpHeaders.ACCEPT);
    if (page) return answer.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)).body(StatusPage.of(status.view(), status.history()));
    return answer.contentType(MediaType.APPLICATION_JSON).body(status.view());
  }

  @GetMapping("/status/history")
  ResponseEntity<HistoryView> history() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).contentType(MediaType.APPLICATION_JSON).body(status.history());
  }

  private static List<MediaType> accepted(HttpHeaders headers) {
    try {
      return headers.getAccept();
    } catch (InvalidMediaTypeException e) {
      return List.of(); // monitors send all sorts of things
    }
  }
}
