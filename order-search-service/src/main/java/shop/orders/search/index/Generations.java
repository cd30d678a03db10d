package shop.orders.search.index;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.store.Cursors;
import shop.orders.store.StoreUnavailable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which generations of indices there are: one small cell in the store, known to every instance within {@link #knownWithin}, since what is
 * older than that in memory is not used. Safe for use by many threads and processes.
 */
public class Generations {
  private static final Logger log = LoggerFactory.getLogger(Generations.class);

  private static final String ACCOUNT = "-";
  private static final String CONSUMER = "search-generations";
  private static final int TRIES = 20;
  private static final State FIRST = new State(1, null, null, List.of(), 1);

  private final Cursors cursors;
  private final JsonMapper json;
  private final Clock clock;
  private final Duration patience;
  private final Duration knownWithin;
  private final Duration oldest;
  private final Duration refresh;
  private final ReentrantLock asking = new ReentrantLock();
  private final Map<Integer, Instant> troubled = new ConcurrentHashMap<>();
  private volatile @Nullable View view;

  /** @param patience how long a generation that is not read may hold up the one that is */
  Generations(Cursors cursors, JsonMapper json, Clock clock, Duration patience, Duration knownWithin) {
    this.cursors = cursors;
    this.json = json;
    this.clock = clock;
    this.patience = patience;
    this.knownWithin = knownWithin;
    // Well below it: by then every write that did not know is under way, and its order was read before.
    this.oldest = knownWithin.multipliedBy(5).dividedBy(8);
    this.refresh = knownWithin.dividedBy(4);
  }

  private record View(State state, long at) {
    boolean isYoungerThan(Duration age) {
      return System.nanoTime() - at < age.toNanos();
    }
  }

  /**
   * @param read the one that lists are answered from
   * @param building the one that a rebuild fills; the same as {@code read} between the switch and the rebuild's end
   * @param previous the one that was read before, or was to be; written to so that one can go back
   * @param retired those whose indices are to be deleted
   * @param newest the highest number ever given
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record State(int read, @Nullable Building building, @Nullable Since previous, List<Since> retired, int newest) {
    public State {
      retired = List.copyOf(retired);
    }

    /** All that are kept, the one that is read first. */
    @JsonIgnore
    public Set<Integer> kept() {
      var all = new LinkedHashSet<>(List.of(read));
      if (building != null) all.add(building.generation);
      if (previous != null) all.add(previous.generation);
      return all;
    }

    /** All that every change is written to, the one that is read first. */
    @JsonIgnore
    List<Integer> written() {
      var all = kept();
      if (building != null && building.held && building.generation != read) all.remove(building.generation);
      return List.copyOf(all);
    }

    public boolean isBuilding(int generation) {
      return building != null && building.generation == generation;
    }

    /** Begins one more. */
    public State begun() {
      return new State(read, new Building(newest + 1, null, false, false), previous, retired, newest + 1);
    }

    public State with(@Nullable Building now) {
      return new State(read, now, previous, retired, newest);
    }

    /** The one being built is read from now on. @param keep whether one may want to go back */
    public State switched(Instant now, boolean keep) {
      if (building == null || building.generation == read) return this;
      var without = previous == null ? retired : and(retired, new Since(previous.generation, now));
      return new State(building.generation, building, keep ? new Since(read, now) : null, keep ? without : and(without, new Since(read, now, true)), newest);
    }

    /** Nothing is built any more; if it was read already the one before it is again. */
    public State cancelled(Instant now) {
      if (building == null) return this;
      var gone = and(retired, new Since(building.generation, now));
      if (building.generation != read) return new State(read, null, previous, gone, newest);
      // Without a previous one to go back to it stays, and is filled like any other.
      return previous == null ? with(null) : new State(previous.generation, null, null, gone, newest);
    }

    /** The previous one is read again, and the other way round. */
    public State swappedBack(Instant now) {
      return previous == null ? this : new State(previous.generation, building, new Since(read, now), retired, newest);
    }

    /** Whose indices may be deleted, being left before {@code then}. */
    public List<Since> deletable(Instant then) {
      return retired.stream().filter(each -> each.since.isBefore(then) && (building == null || each.untilBuilt == null)).toList();
    }

    /** There is no way back any more. */
    public State withoutPrevious(Instant now) {
      return previous == null ? this : new State(read, building, null, and(retired, new Since(previous.generation, now)), newest);
    }

    public State deleted(int generation) {
      return new State(read, building, previous, retired.stream().filter(each -> each.generation != generation).toList(), newest);
    }

    private static List<Since> and(List<Since> all, Since one) {
      var more = new ArrayList<>(all);
      more.add(one);
      return more;
    }
  }

  /**
   * @param wholeFrom orders created on this day (UTC) or later are in it; null if nothing is sure
   * @param held it does not take writes, so changes pass it by; the rebuild waits for somebody to resume it
   * @param again what was written so far may be gone, or something passed it by: the rebuild begins with the first wave
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Building(int generation, @Nullable LocalDate wholeFrom, boolean held, boolean again) {}

  /** @param untilBuilt whether it is kept, though nobody writes to it, as long as another is built: it was left because it seemed dead; null if not */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Since(int generation, Instant since, @Nullable Boolean untilBuilt) {
    Since(int generation, Instant since) {
      this(generation, since, null);
    }
  }

  /** After a change so long, no instance writes by what was before. */
  public Duration knownWithin() {
    return knownWithin;
  }

  /** As of a moment ago, less than {@link #knownWithin}. @throws StoreUnavailable if it cannot be known: writing might pass a new generation by */
  public State current() {
    var known = view;
    if (known != null && known.isYoungerThan(refresh)) return known.state;
    if (!asking.tryLock()) {
      if (known != null && known.isYoungerThan(oldest)) return known.state;
      asking.lock();
    }
    try {
      known = view;
      if (known != null && known.isYoungerThan(refresh)) return known.state;
      try {
        return fresh();
      } catch (StoreUnavailable e) {
        if (known != null && known.isYoungerThan(oldest)) return known.state;
        throw e;
      }
    } finally {
      asking.unlock();
    }
  }

  /** As it is in the store now. @throws StoreUnavailable if the store does not answer */
  public State fresh() {
    long at = System.nanoTime();
    return keep(parse(cursors.read(ACCOUNT, CONSUMER)), at);
  }

  /** As of a moment ago, less than {@link #knownWithin}; empty if that cannot be known. Answers from memory. */
  public Optional<State> known() {
    return Optional.ofNullable(view).filter(known -> known.isYoungerThan(knownWithin)).map(View::state);
  }

  /** How often {@link #look} has to be called for {@link #known} to be so. */
  Duration refresh() {
    return refresh;
  }

  void look() {
    try {
      current();
    } catch (StoreUnavailable e) {
      log.debug("the generations are not known now: {}", e.getMessage());
    }
  }

  /**
   * @return the state as it is then
   * @throws StoreUnavailable if the store does not answer, or others change it all the time
   */
  public State update(UnaryOperator<State> change) {
    for (int tries = 0; tries < TRIES; tries++) {
      long at = System.nanoTime();
      var cell = cursors.read(ACCOUNT, CONSUMER);
      var before = parse(cell);
      var after = change.apply(before);
      if (after.equals(before)) return keep(before, at);
      if (cursors.replace(ACCOUNT, CONSUMER, cell.map(Cursors.Cell::rev).orElse(0L), json.writeValueAsString(after))) {
        log.info("generations of indices: {}", after);
        return keep(after, at);
      }
    }
    throw new StoreUnavailable("the generations changed " + TRIES + " times while they were to be changed", null);
  }

  /** A generation takes writes. */
  void fine(List<Integer> generations) {
    if (!troubled.isEmpty()) generations.forEach(troubled::remove);
  }

  /**
   * Generations do not take writes while the one that is read does. For a while that is waited for; then a previous one is given up, and
   * one that is built is left out until somebody resumes its rebuild.
   *
   * @return whether they are not to be written to any more
   */
  boolean letGo(Set<Integer> generations, String why) {
    var now = clock.instant();
    var state = current();
    if (generations.contains(state.read)) return false;
    generations.forEach(each -> troubled.putIfAbsent(each, now));
    if (generations.stream().anyMatch(each -> troubled.get(each).plus(patience).isAfter(now))) return false;
    log.error("generations {} take no writes for {}: they are left out, the one that is read goes on: {}", generations, patience, why);
    update(
        all -> {
          var before = all.previous();
          var without = before != null && generations.contains(before.generation()) ? all.withoutPrevious(now) : all;
          var building = without.building();
          return building == null || building.generation() == without.read() || !generations.contains(building.generation())
              ? without
              : without.with(new Building(building.generation(), null, true, true));
        });
    generations.forEach(troubled::remove);
    return true;
  }

  private State keep(State state, long at) {
    var known = view;
    if (known == null || known.at - at < 0) view = new View(state, at);
    return state;
  }

  private State parse(Optional<Cursors.Cell> cell) {
    return cell.map(c -> json.readValue(c.state(), State.class)).orElse(FIRST);
  }
}
