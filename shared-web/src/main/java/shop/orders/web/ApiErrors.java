package shop.orders.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import shop.orders.model.InvalidDocument;
import shop.orders.store.StoreUnavailable;

/** Answers every failed request in the shape of the API family that was called. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiErrors {
  private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);
  private static final String RETRY_SECONDS = "2";

  @ExceptionHandler
  ResponseEntity<Object> on(ApiError e, HttpServletRequest request) {
    if (e.status().is5xxServerError()) unavailable(request, e);
    return answer(request, e.status(), e.code(), e.getMessage(), e.fields());
  }

  @ExceptionHandler
  ResponseEntity<Object> on(InvalidDocument e, HttpServletRequest request) {
    return answer(request, HttpStatus.BAD_REQUEST, "OMS001", e.getMessage(), Map.of(e.field(), List.of(e.getMessage())));
  }

  @ExceptionHandler
  ResponseEntity<Object> on(StoreUnavailable e, HttpServletRequest request) {
    unavailable(request, e);
    var message = "The store did not answer in time; the request may have been carried out. Send it again, with the same Idempotency-Key.";
    return answer(request, HttpStatus.SERVICE_UNAVAILABLE, "OMS503", message, Map.of());
  }

  @ExceptionHandler
  ResponseEntity<Object> on(HttpMessageNotReadableException e, HttpServletRequest request) {
    return answer(request, HttpStatus.BAD_REQUEST, "OMS001", "The body is not valid JSON, or not of the form this call takes.", Map.of());
  }

  /** Tomcat reads parameters when somebody asks for them. */
  @ExceptionHandler
  ResponseEntity<Object> on(InvalidParameterException e, HttpServletRequest request) {
    return answer(request, HttpStatus.BAD_REQUEST, "OMS001", "The query cannot be decoded: a % must be followed by two hexadecimal digits, as in %25.", Map.of());
  }

  @ExceptionHandler
  ResponseEntity<Object> on(Exception e, HttpServletRequest request) {
    if (e instanceof ErrorResponse known) { // unknown path, wrong method, bad parameter: Spring knows the status
      var status = HttpStatus.valueOf(known.getStatusCode().value());
      var detail = e instanceof NoResourceFoundException ? "There is nothing at this path." : known.getBody().getDetail();
      return answer(request, status, "OMS" + status.value(), detail == null ? status.getReasonPhrase() : detail, Map.of());
    }
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    return answer(request, HttpStatus.INTERNAL_SERVER_ERROR, "OMS500", "Internal Server Error", Map.of());
  }

  /** A line each: while a neighbour is away there are as many as requests, and where in our code they waited says nothing. */
  private static void unavailable(HttpServletRequest request, Exception e) {
    var why = e.getCause() == null ? "" : " (" + e.getCause() + ")";
    log.warn("{} {}: {}{}", request.getMethod(), request.getRequestURI(), e.getMessage(), why);
    log.debug("it came from", e);
  }

  private static ResponseEntity<Object> answer(
      HttpServletRequest request, HttpStatus status, String code, String message, Map<String, List<String>> fields) {
    var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
    if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    return answer.body(ErrorBody.forPath(request.getRequestURI(), status, code, message, fields));
  }
}
