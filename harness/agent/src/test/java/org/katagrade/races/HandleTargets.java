package org.katagrade.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link VarHandle}s of static and inherited fields and of the elements of arrays. */
final class HandleTargets {

  private static final String RELEASE =
      "VarHandle.setRelease before the getAcquire that sees what it wrote";

  private static final VarHandle STATIC_FLAG;
  private static final VarHandle FLAG;
  private static final VarHandle INHERITED_FLAG;
  private static final VarHandle REFLECTED_FLAG;
  private static final VarHandle CONTENT;
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle OBJECTS = MethodHandles.arrayElementVarHandle(int[][].class);

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATIC_FLAG = lookup.findStaticVarHandle(HandleTargets.class, "staticFlag", boolean.class);
      FLAG = lookup.findVarHandle(Base.class, "flag", int.class);
      INHERITED_FLAG = lookup.findVarHandle(Derived.class, "flag", int.class);
      REFLECTED_FLAG = lookup.unreflectVarHandle(Base.class.getDeclaredField("flag"));
      CONTENT =
          MethodHandles.privateLookupIn(Base.class, lookup)
              .findVarHandle(Base.class, "content", int[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static boolean staticFlag;
  private static int staticValue;

  private static class Base {
    int flag;
    int value;
    int seen;
    private int @Nullable [] content;

    int flag() {
      return flag; // race: plainReadByTheBaseClass
    }
  }

  private static final class Derived extends Base {}

  private HandleTargets() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(RELEASE)
  static void staticField(Fork fork) throws InterruptedException {
    staticFlag = false;
    staticValue = 0;
    TwoThreads.together(
        fork,
        () -> {
          staticValue = 5;
          STATIC_FLAG.setRelease(true);
        },
        () -> {
          while (!(boolean) STATIC_FLAG.getAcquire()) {
            Thread.yield();
          }
          expect(5, staticValue);
        });
    if (!staticFlag) {
      throw new AssertionError("not set");
    }
  }

  @Racy
  static void staticFieldSetOpaquely(Fork fork) throws InterruptedException {
    staticFlag = false;
    Base shared = new Base();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5; // race: staticFieldSetOpaquely
          STATIC_FLAG.setOpaque(true);
        },
        () -> {
          while (!(boolean) STATIC_FLAG.getAcquire()) {
            Thread.yield();
          }
          shared.seen = shared.value; // race: staticFieldSetOpaquely
        });
  }

  /** Publishes through one handle, looks through the other. */
  private static void publishAndRead(Fork fork, VarHandle writing, VarHandle reading)
      throws InterruptedException {
    Derived shared = new Derived();
    shared.flag = 1;
    shared.value = 1;
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5;
          writing.setRelease(shared, 2);
        },
        () -> {
          while ((int) reading.getAcquire(shared) != 2) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(5, shared.seen);
    expect(2, shared.flag());
  }

  @RaceFree(RELEASE)
  static void inheritedField(Fork fork) throws InterruptedException {
    publishAndRead(fork, FLAG, INHERITED_FLAG);
    publishAndRead(fork, INHERITED_FLAG, FLAG);
  }

  @RaceFree(RELEASE)
  static void reflectedField(Fork fork) throws InterruptedException {
    publishAndRead(fork, REFLECTED_FLAG, FLAG);
    publishAndRead(fork, FLAG, REFLECTED_FLAG);
  }

  @Racy
  static void plainReadByTheBaseClass(Fork fork) throws InterruptedException {
    Derived shared = new Derived();
    TwoThreads.together(
        fork,
        () -> INHERITED_FLAG.setRelease(shared, 2), // race: plainReadByTheBaseClass
        () -> shared.seen = shared.flag());
  }

  @RaceFree(RELEASE)
  static void privateFieldOfAnotherClass(Fork fork) throws InterruptedException {
    Base shared = new Base();
    TwoThreads.together(
        fork,
        () -> CONTENT.setRelease(shared, new int[] {2, 3}),
        () -> {
          int[] content = (int[]) CONTENT.getAcquire(shared);
          while (content == null) {
            Thread.yield();
            content = (int[]) CONTENT.getAcquire(shared);
          }
          shared.seen = content[0] + content[1];
        });
    expect(5, shared.seen);
  }

  @RaceFree("VarHandle.getAndBitwiseOr: memory semantics of setVolatile and getVolatile")
  static void bitForEachWorker(Fork fork) throws InterruptedException {
    long[] finished = new long[2];
    int[] cells = new int[2];
    int[] sum = new int[1];
    Thread collector =
        fork.thread(
            () -> {
              while ((long) LONGS.getVolatile(finished, 1) != 3) {
                Thread.yield();
              }
              sum[0] = cells[0] + cells[1];
            });
    collector.start();
    TwoThreads.together(fork, () -> fill(cells, 0, finished), () -> fill(cells, 1, finished));
    collector.join();
    expect(11, sum[0]);
  }

  private static void fill(int[] cells, int mine, long[] finished) {
    cells[mine] = 5 + mine;
    LONGS.getAndBitwiseOr(finished, 1, 1L << mine);
  }

  @Racy
  static void bitOfTheOtherWorker(Fork fork) throws InterruptedException {
    long[] finished = {2};
    int[] cells = new int[2];
    TwoThreads.together(
        fork,
        () -> {
          while ((long) LONGS.getVolatile(finished, 0) == 0) {
            Thread.yield();
          }
          cells[1] = cells[0]; // race: bitOfTheOtherWorker
        },
        () -> cells[0] = 5); // race: bitOfTheOtherWorker
  }

  @RaceFree("VarHandle.compareAndExchange: memory semantics of setVolatile and getVolatile")
  static void firstRowWins(Fork fork) throws InterruptedException {
    int[] @Nullable [] rows = new int[1][];
    int[] seen = new int[2];
    TwoThreads.together(fork, () -> seen[0] = rowOf(rows)[0], () -> seen[1] = rowOf(rows)[0]);
    expect(14, seen[0] + seen[1]);
  }

  private static int[] rowOf(int[] @Nullable [] rows) {
    int[] mine = {7};
    int[] first = (int[]) OBJECTS.compareAndExchange(rows, 0, (int[]) null, mine);
    return first == null ? mine : first;
  }

  @Racy
  static void rowReadWithoutTheHandle(Fork fork) throws InterruptedException {
    int[][] rows = {{1}, {2}};
    int[] seen = new int[1];
    int[] mine = {7};
    TwoThreads.together(
        fork,
        () -> OBJECTS.setVolatile(rows, 1, mine), // race: rowReadWithoutTheHandle
        () -> seen[0] = rows[1].length); // race: rowReadWithoutTheHandle
  }
}
