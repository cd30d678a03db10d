package shop.orders.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Reads requests' bodies, and bounds how much of large ones there is at one time: as trees and documents they take many times their size,
 * and a process that is out of memory ends for everybody. What a body takes is given back when its request has ended. Safe for use by many
 * threads.
 */
final class Bodies implements HandlerInterceptor {
  /** An order of 5,000 lines is about 10 MB; more than this is a mistake or an attack. */
  static final int LARGEST = 32 * 1024 * 1024;

  private static final int SMALL = 64 * 1024;
  private static final int STEP = 256 * 1024;
  private static final String TAKEN = Bodies.class.getName();

  private final int room;
  private final Duration patience;
  private final Semaphore free;

  /** @param room bytes of bodies beyond 64 kB that there may be at one time; one that is larger takes all of it */
  Bodies(int room, Duration patience) {
    this.room = room;
    this.patience = patience;
    this.free = new Semaphore(room, true);
  }

  /** @throws ApiError 413 if it is too large; 503 if there was no room for it in time */
  byte[] read(HttpServletRequest request) throws IOException {
    long told = request.getContentLengthLong();
    if (told > LARGEST) throw tooLarge();
    if (told > SMALL) take(request, (int) told);
    var first = request.getInputStream().readNBytes(SMALL + 1);
    if (first.length <= SMALL) return first;
    var all = new ByteArrayOutputStream(Math.max((int) told, STEP));
    for (var part = first; part.length > 0; part = request.getInputStream().readNBytes(STEP)) {
      if (all.size() + part.length > LARGEST) throw tooLarge();
      take(request, all.size() + part.length);
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Override
  public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception e) {
    free.release(taken(request));
    request.removeAttribute(TAKEN);
  }

  /** Has the request hold {@code bytes} in all. */
  private void take(HttpServletRequest request, int bytes) {
    int taken = taken(request);
    int more = Math.min(bytes, room) - taken;
    if (more <= 0) return;
    try {
      if (!free.tryAcquire(more, patience.toMillis(), TimeUnit.MILLISECONDS)) throw noRoom(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noRoom(e);
    }
    request.setAttribute(TAKEN, taken + more);
  }

  private static int taken(HttpServletRequest request) {
    return request.getAttribute(TAKEN) instanceof Integer bytes ? bytes : 0;
  }

  private static ApiError tooLarge() {
    return new ApiError(HttpStatus.CONTENT_TOO_LARGE, "OMS413", "The body is larger than " + LARGEST + " bytes.");
  }

  private static ApiError noRoom(@Nullable Throwable cause) {
    return ApiError.unavailable("Too many large bodies are being worked on; nothing was done. Send this one again.", cause);
  }
}
