package shop.orders.workflow.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Expressions that would burn a processor or fill the heap. Each ends, on the thread that evaluates it, with little used up. */
class HostileExpressionsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** All that was ever allocated, most of it garbage at once. */
  private static final long MOST_ALLOCATED = 700L << 20;

  /** The last resort is a second; one step of the library's own between two looks at the clock comes on top of it. */
  private static final Duration MOST_TIME = Budget.MOST_TIME.multipliedBy(3);

  private enum Ending {
    REFUSED(Refused.class),
    OVER_BUDGET(OverBudget.class),
    FAILED(Failed.class);

    final Class<? extends Exception> exception;

    Ending(Class<? extends Exception> exception) {
      this.exception = exception;
    }
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        over("endless tail recursion", "($f := function($x){ $f($x + 1) }; $f(1))"),
        over("endless recursion", "($f := function($x){ 1 + $f($x + 1) }; $f(1))"),
        over("two functions that call each other", "($f := function($x){ $g($x) }; $g := function($x){ $f($x) }; $f(1))"),
        over("naive Fibonacci", "($f := function($n){ $n < 2 ? $n : $f($n - 1) + $f($n - 2) }; $f(30))"),
        over("Ackermann", "($a := function($m, $n){ $m = 0 ? $n + 1 : $n = 0 ? $a($m - 1, 1) : $a($m - 1, $a($m, $n - 1)) }; $a(4, 4))"),
        over("the Y combinator", "(function($x){ $x($x) })(function($x){ $x($x) })"),
        over("a range of ten million", "$count([1..10000000]) > 0"),
        over("ranges in ranges", "[1..10000].([1..10000])"),
        over("a range over the end of long", "[-9000000000000000000..9000000000000000000]"),
        over("nested maps", "$map([1..2000], function($i){ $map([1..2000], function($j){ $i * $j }) })"),
        over("a product of three", "[1..2000].($i := $; [1..2000].($j := $; [1..2000].($i * $j * $)))"),
        over("tuples of tuples", "items@$a.$$.items@$b.$$.items@$c.$$.items@$d.{'a': $a, 'b': $b, 'c': $c, 'd': $d}"),
        over("a text doubled", "$reduce([1..60], function($a, $i){ $a & $a }, 'xxxxxxxxxxxxxxxx')"),
        over("a list doubled", "$reduce([1..60], function($a, $i){ $append($a, $a) }, [1, 2])"),
        over("a tree of shared parts", "$reduce([1..60], function($a, $i){ [[$a], [$a]] }, 1) ? 1 : 2"),
        over("objects of shared parts", "$string($reduce([1..60], function($a, $i){ {'l': $a, 'r': $a} }, 1))"),
        over("shared parts compared", "($t := function(){ $reduce([1..60], function($a, $i){ {'l': $a, 'r': $a} }, 1) }; $t() = $t())"),
        over("shared parts looked through", "$reduce([1..60], function($a, $i){ {'l': $a, 'r': $a} }, 1).**"),
        over("values nested without end", "$reduce([1..9900], function($a, $i){ {'x': $a} }, 1)"),
        over("padding", "$pad('x', 2000000000)"),
        over("padding to the left", "$pad('x', -2000000000, 'yz')"),
        over("joining by a long text", "$join($map([1..10000], function($i){ 'x' }), $pad('', 100000))"),
        over("replacing by a long text", "$replace($pad('', 50000, 'x'), 'x', $pad('', 50000, 'y'))"),
        over("replacing matches by a long text", "$replace($pad('', 50000, 'x'), /x/, $pad('', 50000, 'y'))"),
        over("replacing by what was found, again and again", "$reduce([1..60], function($a, $i){ $replace($a, /(x+)/, '$1$1') }, 'xx')"),
        over("splitting a long text again and again", "$map([1..10000], function($i){ $split($pad('', 20000, 'x,'), ',') })"),
        over("comparing each with each", "$distinct($map([1..9000], function($i){ [$i, 0 - 31 * $i] }))"),
        over("sorting by a function that never ends", "$sort([1..1000], function($a, $b){ $count([1..1000]) > $a })"),
        over("numbers written out for ever", "$map([1..10000], function($i){ $map([1..10000], $string) })"),
        over("the whole document a thousand times", "$map([1..10000], function($i){ $string($$) & $string($$) })"),
        over("searching a long text many times", "($t := $pad('', 300000, 'x'); $map([1..10000] ~> $map($string), $contains($t, ?)))"),
        over("a regular expression on a long text many times", "($t := $pad('', 300000, 'x'); $map([1..10000], function($i){ $contains($t, /x*y/) }))"),
        over("matches found from each place to the end", "$match($pad('', 200000, 'a'), /a.*b|a/)"),
        over("many groups put together", "$count(($map([1..4000], $string)){$: [1, 2]}.*) * $count([1..9900].($ * 2 * 3 * 4 * 5 * 6 * 7 * 8))"),
        over("pictures of numbers", "$map([1..10000], function($i){ $formatNumber($i, $pad('', 20000, '0')) })"),
        over("ancestors", "items.{'a': [1..500]}.a.{'b': [1..500]}.b.{'c': %}"),
        over("functions made of functions", "$map([1..9000], function($i){ $map([1..9000], function($j){ $contains(?, ?, ?) }) })"),
        over("encoding again and again", "$reduce([1..60], function($a, $i){ $encodeUrlComponent($a & '%' & $a) }, '%')"),
        refused("evaluating what is computed", "$eval('1 + 1')"),
        refused("evaluating by another name", "($e := $eval; $e('1'))"),
        refused("the time", "$toMillis(creationDate) < $millis()"),
        refused("the date", "$now() > '2026'"),
        refused("chance", "$random() > 0.5"),
        refused("the order of chance", "$shuffle(items)[0].id = '18'"),
        refused("Roman numbers of a thousand billions", "$formatInteger(1000000000000000, 'I')"),
        refused("changing the document", "$ ~> |items|{'price': 0}|"),
        refused("a signature that matches in too many ways", "(function($a)<" + "a+".repeat(40) + ">{ 1 })(" + "1,".repeat(60) + "$sum)"),
        refused("looking around", "$contains(status, /(?=a)b/)"),
        refused("referring back", "$contains(status, /(a*)*\\1b/)"),
        refused("repetitions of repetitions", "status ~> /((((a{1,99}){1,99}){1,99}){1,99})b/"),
        refused("repetitions of nothing", "status ~> /(?:(?:){99999}){99999}x/"),
        refused("defaults of defaults", IntStream.range(0, 200).mapToObj(i -> "a").reduce((a, b) -> a + " ?? " + b).orElseThrow()),
        refused("other defaults of defaults", IntStream.range(0, 200).mapToObj(i -> "a").reduce((a, b) -> a + " ?: " + b).orElseThrow()),
        refused("many repetitions", "[" + IntStream.range(0, 200).mapToObj(i -> "/a{999}/").reduce((a, b) -> a + "," + b).orElseThrow() + "]"),
        refused("too long", "status = '" + "x".repeat(Expression.LONGEST) + "'"),
        failed("rounding to a billion digits", "$round(1.5, 1000000000)"),
        failed("rounding before a billion digits", "$round(1.5, -1000000000)"),
        failed("calling a document", "$$(1)"),
        failed("reading dates by a picture", "$toMillis('2026', '" + "[Y]".repeat(200) + "')"),
        failed("a number beyond all", "$power(10, 1000)"),
        failed("an error on purpose", "$error($string($$))"));
  }

  /** These never end in the JDK's own regular expressions. */
  static Stream<String> harmlessOnceLinear() {
    return Stream.of(
        "$contains($pad('', 40, 'a') & '!', /^(a+)+$/)",
        "($pad('', 5000, 'a') & '!') ~> /^(([a-z])+.)+[A-Z]([a-z])+$/",
        "$match($pad('', 200, 'a') & '!', /(a|aa)+$/)[0]",
        "$split($pad('', 200, 'a') & '!', /(a|a?)+b/)[1]",
        "$replace($pad('', 200, 'a') & '!', /(.*)*x/, '') = 'x'",
        "'' ~> /" + "(|)".repeat(60) + "z/",
        "$contains('', /" + "(a?|b?)".repeat(60) + "z/)");
  }

  static Stream<String> heavyOrUnfinished() {
    return Stream.of(
        "(".repeat(1_900) + "1" + ")".repeat(1_900),
        "[".repeat(1_900) + "1" + "]".repeat(1_900),
        "-".repeat(3_900) + "1",
        "1" + "+1".repeat(1_900),
        "a" + ".a".repeat(1_900),
        "a" + "[a".repeat(1_300) + "]".repeat(1_300),
        "1?".repeat(1_000) + "1" + ":1".repeat(900),
        "status ~> /" + "(".repeat(1_200) + "a" + ")?".repeat(1_200) + "/",
        "status ~> /" + "(?:a|".repeat(500) + "a" + ")*".repeat(500) + "/",
        "[" + "a,".repeat(1_500) + "a] ?? 1 ?? 2 ?? 3 ?? 4 ?? 5",
        "a" + "+a".repeat(150) + " ?: 1 ?: 2 ?: 3 ?: 4 ?: 5",
        "$map([1..10000], function($i){ {'i': $i} }){'k': i}",
        "$map([1..4000], $string){$: [1, 2]}.*",
        "function(".repeat(400),
        "/", "\"", "'\\", "/*", "$", "`", "a[", "/(/", "status ~> /[/", "\\", "{", "%", "@", "#", "a@$b#$c", "\u0000", "$match(status, /a/", "[[[", "?:?:");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void hostile_endsAndLeavesNothingBehind(String what, String expression, Ending ending) {
    var outcome = outcome(expression);
    assertThat(outcome).as(String.valueOf(outcome)).isInstanceOf(ending.exception);
  }

  @ParameterizedTest
  @MethodSource("harmlessOnceLinear")
  void catastrophicRegularExpressions_takeLinearTime(String expression) {
    assertThat(outcome(expression)).isEqualTo(false);
  }

  @ParameterizedTest
  @MethodSource("heavyOrUnfinished")
  void heavyAndUnfinished_areRefusedOrEvaluated(String expression) {
    assertThat(outcome(expression)).isInstanceOfAny(Boolean.class, Refused.class, OverBudget.class, Failed.class);
  }

  private static Object outcome(String expression) {
    var outcome = new AtomicReference<Object>();
    var nanos = new AtomicReference<>(0L);
    var bytes = new AtomicReference<>(0L);
    var startedByIt = new ThreadGroup("evaluation"); // a thread's own threads are in its group
    var thread = new Thread(startedByIt, () -> {
      long cpu = THREADS.getCurrentThreadCpuTime();
      long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      try {
        outcome.set(Expression.compile(expression).matches(document()));
      } catch (Throwable e) {
        outcome.set(e);
      }
      nanos.set(THREADS.getCurrentThreadCpuTime() - cpu);
      bytes.set(THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated);
    }, "evaluates");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(Duration.ofMinutes(1).toMillis()); // a machine may be busy; what counts is the thread's own time
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.getState()).as(() -> String.join("\n", stack(thread))).isEqualTo(Thread.State.TERMINATED);
    assertThat(Duration.ofNanos(nanos.get())).isLessThan(MOST_TIME);
    assertThat(bytes.get()).isLessThan(MOST_ALLOCATED);
    assertThat(startedByIt.activeCount()).isZero();
    return outcome.get();
  }

  private static List<String> stack(Thread thread) {
    var lines = new ArrayList<String>();
    for (var frame : thread.getStackTrace()) lines.add(frame.toString());
    return lines.subList(0, Math.min(30, lines.size()));
  }

  private static Object document() {
    var items = IntStream.range(0, 40).mapToObj(i -> "{\"id\":\"" + i + "\",\"price\":" + i * 100 + ",\"name\":\"Item " + i + "\"}").toList();
    var text = "{\"status\":\"handling\",\"creationDate\":\"2026-11-24T12:00:00.0000000Z\",\"items\":[" + String.join(",", items) + "],\"none\":[]}";
    return PlainDocument.of(JsonMapper.shared().readValue(text, Map.class));
  }

  private static Arguments over(String what, String expression) {
    return Arguments.of(what, expression, Ending.OVER_BUDGET);
  }

  private static Arguments refused(String what, String expression) {
    return Arguments.of(what, expression, Ending.REFUSED);
  }

  private static Arguments failed(String what, String expression) {
    return Arguments.of(what, expression, Ending.FAILED);
  }
}
