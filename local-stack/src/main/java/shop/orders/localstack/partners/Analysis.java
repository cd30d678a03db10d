package shop.orders.localstack.partners;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One transaction under analysis. */
final class Analysis {
  private final String id;
  private final String tid;
  private final Verdict verdict;
  private final Instant since;
  private int polls;
  private boolean stopped;

  Analysis(String id, String tid, Verdict verdict, Instant since) {
    this.id = id;
    this.tid = tid;
    this.verdict = verdict;
    this.since = since;
  }

  Verdict verdict() {
    return verdict;
  }

  /** The answer to the request; the same request again is answered the same way and counts as nothing. */
  synchronized Map<String, Object> sent(Instant now) {
    var answer = answer(now);
    answer.put("code", "stub");
    answer.put("message", "judged by the stub provider");
    answer.put("score", answer.remove("fraudRiskPercentage"));
    return answer;
  }

  synchronized Map<String, Object> polled(Instant now) {
    polls++;
    return answer(now);
  }

  /** From now on nothing changes any more. */
  synchronized void stop() {
    stopped = true;
  }

  private Map<String, Object> answer(Instant now) {
    var status = stopped ? Verdict.Status.UNDEFINED : verdict.at(polls, Duration.between(since, now));
    var answer = new HashMap<String, Object>();
    answer.put("id", id);
    answer.put("tid", tid);
    answer.put("status", status.json());
    answer.put("fraudRiskPercentage", status == Verdict.Status.DENIED ? 99.0 : 5.01);
    answer.put("analysisType", "automatic");
    answer.put("responses", Map.of("provider", "stub"));
    return answer;
  }
}
