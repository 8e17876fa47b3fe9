package org.katagrade.explored;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Vector;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.Raced;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Lists and queues that are safe step by step. */
final class Collected {

  private Collected() {}

  @Sound("the element and whether there is one are asked for in one step")
  static void pollsOnce(Fork fork) throws InterruptedException {
    Queue<Integer> queue = new ConcurrentLinkedQueue<>(List.of(1));
    Crew.run(
        fork,
        2,
        () -> {
          Integer taken = queue.poll();
          if (taken != null) {
            Crew.expectEqual(1, taken);
          }
        });
  }

  @Broken(Wrong.class)
  static void asksThenPolls(Fork fork) throws InterruptedException {
    Queue<Integer> queue = new ConcurrentLinkedQueue<>(List.of(1));
    Crew.run(
        fork,
        2,
        () -> {
          if (!queue.isEmpty()) {
            Crew.expectEqual(1, queue.poll());
          }
        });
  }

  @Broken(Wrong.class)
  static void asksForTheSizeOfAVector(Fork fork) throws InterruptedException {
    Vector<Integer> vector = new Vector<>(List.of(1, 2));
    Crew.run(
        fork,
        () -> vector.remove(0),
        () -> {
          int last = vector.size() - 1;
          vector.get(last);
        });
  }

  @Sound("size and element under the vector's own monitor")
  static void locksTheVector(Fork fork) throws InterruptedException {
    Vector<Integer> vector = new Vector<>(List.of(1, 2));
    Crew.run(
        fork,
        () -> vector.remove(0),
        () -> {
          synchronized (vector) {
            vector.get(vector.size() - 1);
          }
        });
  }

  @Sound("goes over the list under its monitor")
  static void goesOverUnderTheMonitor(Fork fork) throws InterruptedException {
    List<Integer> list = Collections.synchronizedList(new ArrayList<>(List.of(1, 2)));
    Crew.run(
        fork,
        () -> list.add(3),
        () -> {
          int sum = 0;
          synchronized (list) {
            for (int element : list) {
              sum += element;
            }
          }
          Crew.expect(sum == 3 || sum == 6, "all of it at one moment");
        });
  }

  @Broken({Wrong.class, Raced.class})
  static void goesOverWithoutTheMonitor(Fork fork) throws InterruptedException {
    List<Integer> list = Collections.synchronizedList(new ArrayList<>(List.of(1, 2)));
    Crew.run(
        fork,
        () -> list.add(3),
        () -> {
          int sum = 0;
          for (int element : list) {
            sum += element;
          }
          Crew.expect(sum == 3 || sum == 6, "all of it at one moment");
        });
  }

  @Sound("an iterator sees the list as it was")
  static void snapshot(Fork fork) throws InterruptedException {
    List<Integer> list = new CopyOnWriteArrayList<>(List.of(1, 2));
    Crew.run(
        fork,
        () -> {
          list.add(3);
          list.remove(0);
        },
        () -> {
          int first = 0;
          for (int element : list) {
            Crew.expect(element > first, "in order");
            first = element;
          }
        });
  }

  @Broken(Wrong.class)
  static void indexedWhileItShrinks(Fork fork) throws InterruptedException {
    List<Integer> list = new CopyOnWriteArrayList<>(List.of(1, 2));
    Crew.run(
        fork,
        () -> list.remove(0),
        () -> {
          int sum = 0;
          for (int i = 0; i < list.size(); i++) {
            sum += list.get(i);
          }
          Crew.expect(sum > 0, "there is always one");
        });
  }

  @Sound("addIfAbsent: asks and adds in one step")
  static void addsIfAbsent(Fork fork) throws InterruptedException {
    CopyOnWriteArrayList<String> names = new CopyOnWriteArrayList<>();
    Crew.run(fork, 2, () -> names.addIfAbsent("one"));
    Crew.expectEqual(1, names.size());
  }

  @Broken(Wrong.class)
  static void asksThenAdds(Fork fork) throws InterruptedException {
    List<String> names = new CopyOnWriteArrayList<>();
    Crew.run(
        fork,
        2,
        () -> {
          if (!names.contains("one")) {
            names.add("one");
          }
        });
    Crew.expectEqual(1, names.size());
  }

  @Sound("pollFirst: takes the least in one step")
  static void leastOfASkipList(Fork fork) throws InterruptedException {
    ConcurrentSkipListMap<Integer, String> map =
        new ConcurrentSkipListMap<>(Map.of(1, "one", 2, "two"));
    AtomicInteger sum = new AtomicInteger();
    Crew.run(fork, 2, () -> sum.addAndGet(map.pollFirstEntry().getKey()));
    Crew.expectEqual(3, sum.get());
  }

  @Broken(Wrong.class)
  static void leastOfASkipListInTwoSteps(Fork fork) throws InterruptedException {
    ConcurrentSkipListMap<Integer, String> map =
        new ConcurrentSkipListMap<>(Map.of(1, "one", 2, "two"));
    Crew.run(fork, 2, () -> Crew.expect(map.remove(map.firstKey()) != null, "still there"));
  }
}
