import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What programs do to themselves; what it prints must not depend on the agent. */
public class Unusual {

  /** Of a class without a number of its own, the JVM makes one from the members. */
  static class Unnumbered implements Serializable {
    int one;
    protected String two = "two";
    private transient long three;
    static int four;

    static {
      four = 4;
    }

    Runnable task() {
      return () -> one++;
    }
  }

  record Point(int x, List<String> names) implements Serializable {}

  enum Phase implements Callable<String> {
    NEW,
    OLD {
      @Override
      public String call() {
        return "ended";
      }
    };

    @Override
    public String call() {
      return name();
    }
  }

  interface Counted {
    int[] COUNT = {40};

    private static int next() {
      return ++COUNT[0];
    }

    static int twice() {
      return next() + next();
    }

    default Class<?> self() {
      return getClass();
    }
  }

  private class Inner {
    private int secret = 3;

    private class Innermost {
      private int sum() {
        return secret + ++hidden;
      }
    }
  }

  private int hidden = 7;

  /** Run through {@code Lookup.defineHiddenClass}, from its own class file. */
  public static class Template implements Callable<Integer>, Counted {
    private int state = 5;
    static volatile int shared = 1;

    @Override
    public Integer call() {
      shared++;
      Supplier<Integer> more = () -> shared * 10; // a hidden class cannot give itself to one
      return state += more.get();
    }
  }

  static class Locked {
    private final Object monitor = new Object();
    private int depth;
    private volatile int deepest;

    void bySynchronizedBlock() {
      synchronized (monitor) {
        depth++;
        deepest = depth;
        bySynchronizedBlock();
      }
    }

    synchronized void bySynchronizedMethod() {
      depth++;
      bySynchronizedMethod();
    }

    int byResult(int[] cells) {
      cells[0]++;
      return byResult(cells) + cells[0];
    }
  }

  static String fields(Class<?> type) {
    StringBuilder text = new StringBuilder();
    for (Field field : type.getDeclaredFields()) {
      if (!field.isSynthetic()) {
        text.append(Modifier.toString(field.getModifiers())).append(' ').append(field.getName());
        text.append(';');
      }
    }
    return text.toString();
  }

  /** As equals and toString by reflection do it, and the mappers of JSON. */
  static String mapped(Object object) throws IllegalAccessException {
    StringBuilder text = new StringBuilder();
    Field[] fields = object.getClass().getDeclaredFields();
    Arrays.sort(fields, Comparator.comparing(Field::getName));
    for (Field field : fields) {
      if (!Modifier.isTransient(field.getModifiers()) && !Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        text.append(field.getName()).append('=').append(field.get(object)).append(' ');
      }
    }
    return text.toString();
  }

  static void overflow(String how, Runnable recursion, Object monitor) throws Exception {
    for (int time = 0; time < 10; time++) {
      boolean overflowed = false;
      try {
        recursion.run();
      } catch (StackOverflowError e) {
        overflowed = true;
      }
      Thread other =
          new Thread(
              () -> {
                synchronized (monitor) {
                  monitor.notifyAll();
                }
              });
      other.start();
      other.join();
      if (!overflowed || Thread.holdsLock(monitor)) {
        System.out.println(how + " went wrong");
      }
    }
    System.out.println(how + " overflowed");
  }

  static void thrower(int[] cells) {
    cells[0] = 1;
    Object[] texts = new String[1];
    texts[0] = cells;
  }

  public static void main(String[] args) throws Exception {
    for (Class<?> type : List.of(Unnumbered.class, Point.class, Phase.class)) {
      System.out.println(ObjectStreamClass.lookup(type).getSerialVersionUID());
      System.out.println(fields(type));
    }
    System.out.println(mapped(new Unnumbered()));
    System.out.println(new Point(1, List.of("p")) + " " + Phase.NEW.call() + Phase.OLD.call());
    System.out.println(Counted.twice() + " " + new Unusual().new Inner().new Innermost().sum());

    byte[] bytes = Unusual.class.getResourceAsStream("Unusual$Template.class").readAllBytes();
    for (int i = 0; i < 2; i++) {
      Class<?> hidden =
          MethodHandles.lookup()
              .defineHiddenClass(bytes, true, MethodHandles.Lookup.ClassOption.NESTMATE)
              .lookupClass();
      Object made = hidden.getDeclaredConstructor().newInstance();
      System.out.println(((Callable<?>) made).call() + " " + hidden.isHidden());
    }
    System.out.println(new Template().call());

    Object proxy =
        Proxy.newProxyInstance(
            Unusual.class.getClassLoader(),
            new Class<?>[] {Callable.class, Counted.class},
            (self, method, arguments) -> method.getName() + Counted.COUNT[0]);
    System.out.println(((Callable<?>) proxy).call());

    Field unsafe = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
    unsafe.setAccessible(true);
    sun.misc.Unsafe direct = (sun.misc.Unsafe) unsafe.get(null);
    long offset = direct.objectFieldOffset(Unnumbered.class.getDeclaredField("one"));
    Unnumbered poked = new Unnumbered();
    direct.putInt(poked, offset, 12);
    poked.task().run();
    System.out.println(poked.one);
    System.out.println(direct.allocateInstance(Unnumbered.class).getClass());

    try {
      thrower(new int[1]);
    } catch (ArrayStoreException e) {
      System.out.println(e + " " + Arrays.toString(e.getStackTrace()));
    }
    try {
      new FutureTask<>(() -> List.of(1).add(2)).get(1, TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      System.out.println(e);
    }
    List<Integer> numbers = Arrays.asList(3, null, 1);
    try {
      numbers.sort(Comparator.<Integer>naturalOrder());
    } catch (NullPointerException e) {
      System.out.println(e.getStackTrace()[e.getStackTrace().length - 1]);
    }

    Locked locked = new Locked();
    overflow("block", locked::bySynchronizedBlock, locked.monitor);
    overflow("method", locked::bySynchronizedMethod, locked);
    overflow("result", () -> locked.byResult(new int[1]), locked);

    Thread daemon =
        new Thread(
            () -> {
              while (true) {
                poked.task().run();
              }
            });
    daemon.setDaemon(true);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("last words")));
    daemon.start();
    System.exit(Counted.COUNT[0] - 39);
  }
}
