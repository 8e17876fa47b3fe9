import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.katagrade.agent.race.Races;

/**
 * Virtual threads that share one carrier and do nothing within a section for which they would leave
 * it, so that no two are in a section at once; unless they are told to yield there. Platform
 * threads do the same all the while, so that the detector has to wait wherever it can.
 */
public class OneCarrier {

  private static final int ROUNDS = 1_500;
  private static final int THREADS = 4;

  /** Accesses that are opaque order nothing. */
  private static final VarHandle INSIDE;

  private static final VarHandle COUNT;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(int[].class);

  static {
    try {
      INSIDE = MethodHandles.lookup().findStaticVarHandle(OneCarrier.class, "inside", int.class);
      COUNT = MethodHandles.lookup().findVarHandle(Things.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static int inside;
  private static volatile boolean ended;
  private static Things things = new Things();
  private static UnaryOperator<Integer> function = new OfNewClass();

  /** Made anew all the time, and shared without order. */
  private static final class Things {
    final int[] numbers = new int[4];
    final AtomicInteger atomic = new AtomicInteger();
    final List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    final CompletableFuture<Integer> future = new CompletableFuture<>();
    int count;
    int value;
  }

  /** Loaded anew all the time. */
  public static final class OfNewClass implements UnaryOperator<Integer> {
    private int calls;

    @Override
    public Integer apply(Integer value) {
      return value + calls++;
    }
  }

  private static final class Loader extends ClassLoader {

    Loader() {
      super(OneCarrier.class.getClassLoader());
    }

    Class<?> define(byte[] bytes) {
      return defineClass(OfNewClass.class.getName(), bytes, 0, bytes.length);
    }
  }

  public static void main(String[] args) throws InterruptedException {
    boolean yields = args.length > 0;
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= THREADS; i++) {
      int me = i;
      threads.add(Thread.ofVirtual().unstarted(() -> sections(me, yields)));
      Thread.ofPlatform().daemon().start(OneCarrier::contend);
    }
    Thread.ofPlatform().daemon().start(OneCarrier::tellAgain);
    Thread.ofPlatform().daemon().start(OneCarrier::loadAgain);
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      // So long that it is no question of how busy the machine is.
      if (!thread.join(Duration.ofMinutes(10))) {
        end("a thread did not end within ten minutes");
      }
    }
    ended = true;
    System.out.println("all stayed");
  }

  private static void end(String how) {
    System.out.println(how);
    Runtime.getRuntime().halt(1);
  }

  private static void sections(int me, boolean yields) {
    for (int i = 0; i < ROUNDS; i++) {
      int other = (int) INSIDE.getOpaque();
      INSIDE.setOpaque(me);
      use(i);
      if (yields) {
        Thread.yield();
      }
      if (other != 0 || (int) INSIDE.getOpaque() != me) {
        end("one left the carrier");
      }
      INSIDE.setOpaque(0);
      Thread.yield();
    }
  }

  private static void contend() {
    for (int i = 0; !ended; i++) {
      use(i);
    }
  }

  /** The detector tells of each race once, unless it forgets. */
  private static void tellAgain() {
    while (!ended) {
      Races.forget();
      Thread.yield();
    }
  }

  @SuppressWarnings("unchecked") // the class says what it is
  private static void loadAgain() {
    try (InputStream in = OneCarrier.class.getResourceAsStream("OneCarrier$OfNewClass.class")) {
      byte[] bytes = in.readAllBytes();
      while (!ended) {
        Class<?> type = new Loader().define(bytes);
        function = (UnaryOperator<Integer>) type.getConstructor().newInstance();
      }
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void use(int i) {
    if (i % 3 == 0) {
      things = new Things();
    }
    Things all = things;
    all.value++;
    all.numbers[i & 3]++;
    ELEMENT.getAndAdd(all.numbers, i & 3, 1);
    COUNT.getAndAdd(all, 1);
    all.atomic.incrementAndGet();
    all.list.set(i % 3, i);
    all.future.thenApply(function);
    all.future.complete(i);
    function.apply(i);
    Object own = new Object();
    synchronized (own) {
      all.value = i;
    }
  }
}
