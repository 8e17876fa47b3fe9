package org.katagrade.races;

import java.util.AbstractMap;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Collections, nodes and copies that are written outside the JDK and inherit from it. */
final class OwnCollections {

  private int seen;

  private OwnCollections() {}

  private static final class Box {
    private int value;

    Box(int value) {
      this.value = value;
    }

    @Override
    public int hashCode() {
      return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Box box && box.value == value;
    }
  }

  private static int across(Fork fork, Runnable places, IntSupplier looks)
      throws InterruptedException {
    OwnCollections result = new OwnCollections();
    TwoThreads.inTurn(fork, places, () -> result.seen = looks.getAsInt());
    return result.seen;
  }

  private static void check(int expected, int seen) {
    if (expected != seen) {
      throw new AssertionError(seen);
    }
  }

  /** A queue as libraries have them: safe, and a subclass of a skeleton of the JDK. */
  private static final class Ring extends AbstractQueue<Box> {
    private final AtomicReferenceArray<@Nullable Box> boxes = new AtomicReferenceArray<>(64);

    @Override
    public boolean offer(Box box) {
      for (int i = 0; i < boxes.length(); i++) {
        if (boxes.compareAndSet(i, null, box)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public @Nullable Box poll() {
      for (int i = 0; i < boxes.length(); i++) {
        Box box = boxes.getAndSet(i, null);
        if (box != null) {
          return box;
        }
      }
      return null;
    }

    @Override
    public @Nullable Box peek() {
      return boxes.get(0);
    }

    @Override
    public Iterator<Box> iterator() {
      return Collections.emptyIterator();
    }

    @Override
    public int size() {
      return 0;
    }
  }

  @RaceFree("VarHandle: its array is atomic; the skeleton it extends holds nothing")
  static void queueOfOnesOwn(Fork fork) throws InterruptedException {
    Queue<Box> ring = new Ring();
    check(
        7,
        across(
            fork,
            () -> ring.add(new Box(7)),
            () -> {
              Box box = ring.poll();
              return box == null ? 0 : box.value;
            }));
  }

  private static final class Registry extends AbstractMap<String, Box> {
    private final ConcurrentMap<String, Box> boxes = new ConcurrentHashMap<>();

    @Override
    public Set<Entry<String, Box>> entrySet() {
      return boxes.entrySet();
    }

    @Override
    public @Nullable Box put(String name, Box box) {
      return boxes.put(name, box);
    }
  }

  @RaceFree("ConcurrentHashMap: all calls of the registry end there")
  static void mapOfOnesOwn(Fork fork) throws InterruptedException {
    Map<String, Box> map = new Registry();
    Collection<Box> values = map.values();
    map.put("b", new Box(1));
    check(
        7,
        across(
            fork,
            () -> {
              map.put("a", new Box(7));
              values.remove(new Box(1));
            },
            () -> {
              Box box = map.get("a");
              values.remove(new Box(2));
              return box == null ? 0 : box.value;
            }));
  }

  private static final class Node extends AtomicReference<@Nullable Node> {
    private static final long serialVersionUID = 1;
    private int value;
  }

  @RaceFree("AtomicReference: lazySet as setRelease, get as getVolatile, by whatever name they go")
  static void nodeThatIsAnAtomic(Fork fork) throws InterruptedException {
    Node head = new Node();
    check(
        7,
        across(
            fork,
            () -> {
              Node node = new Node();
              node.value = 7;
              head.lazySet(node);
            },
            () -> {
              Node node = head.get();
              return node == null ? 0 : node.value;
            }));
  }

  private static final class Page implements Cloneable {
    private int number = 1;

    Page copy(int next) throws CloneNotSupportedException {
      Page copy = (Page) clone();
      copy.number = next;
      return copy;
    }
  }

  @RaceFree("Object.clone: the copy is another object, with fields of its own")
  static void copiesOfOneObject(Fork fork) throws InterruptedException {
    Page page = new Page();
    Runnable copy =
        () -> {
          try {
            check(3, page.copy(3).number);
          } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
          }
        };
    copy.run();
    TwoThreads.inTurn(fork, copy, copy);
  }

  /** A ring whose places are plain. */
  private static final class CarelessRing extends AbstractQueue<Box> {
    private final @Nullable Box[] boxes = new Box[4];

    @Override
    public boolean offer(Box box) {
      boxes[0] = box; // race: carelessQueueOfOnesOwn
      return true;
    }

    @Override
    public @Nullable Box poll() {
      return boxes[0]; // race: carelessQueueOfOnesOwn
    }

    @Override
    public @Nullable Box peek() {
      return null;
    }

    @Override
    public Iterator<Box> iterator() {
      return Collections.emptyIterator();
    }

    @Override
    public int size() {
      return 0;
    }
  }

  @Racy
  static void carelessQueueOfOnesOwn(Fork fork) throws InterruptedException {
    Queue<Box> ring = new CarelessRing();
    TwoThreads.inTurn(fork, () -> ring.add(new Box(7)), ring::poll);
  }
}
