package org.katagrade.races;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Elements that come into a concurrent collection, or are reached there, by way of others. */
final class Placings {

  private static final String PLACED =
      "java.util.concurrent: what precedes placing an object happens before what follows its"
          + " access";

  private Placings() {}

  private static final class Box implements Comparable<Box> {
    int value;

    @Override
    public int compareTo(Box other) {
      return 0;
    }
  }

  /** One places a box that the other finds there. */
  private static <C extends Collection<Box>> void place(
      Fork fork, C boxes, BiConsumer<C, Box> placing) throws InterruptedException {
    TwoThreads.together(
        fork,
        () -> {
          Box box = new Box();
          box.value = 7;
          placing.accept(boxes, box);
        },
        () -> awaitFirst(boxes).value++);
  }

  private static Box awaitFirst(Collection<Box> boxes) {
    Iterator<Box> first = boxes.iterator();
    while (!first.hasNext()) {
      Thread.yield();
      first = boxes.iterator();
    }
    return first.next();
  }

  private static void placeInMap(
      Fork fork, Map<String, Box> boxes, BiConsumer<Map<String, Box>, Box> placing)
      throws InterruptedException {
    TwoThreads.together(
        fork,
        () -> {
          Box box = new Box();
          box.value = 7;
          placing.accept(boxes, box);
        },
        () -> awaitKey(boxes).value++);
  }

  private static Box awaitKey(Map<String, Box> boxes) {
    Box box = boxes.get("box");
    while (box == null) {
      Thread.yield();
      box = boxes.get("box");
    }
    return box;
  }

  @RaceFree(PLACED)
  static void addedByCollections(Fork fork) throws InterruptedException {
    place(fork, new CopyOnWriteArrayList<>(), Collections::addAll);
    place(fork, new ConcurrentLinkedQueue<>(), Collections::addAll);
    place(fork, Collections.newSetFromMap(new ConcurrentHashMap<>()), Collections::addAll);
  }

  @RaceFree(PLACED)
  static void addedIfAbsent(Fork fork) throws InterruptedException {
    CopyOnWriteArrayList<Box> boxes = new CopyOnWriteArrayList<>();
    place(fork, boxes, (list, box) -> list.addAllAbsent(List.of(box)));
  }

  @RaceFree(PLACED)
  static void addedThroughAStack(Fork fork) throws InterruptedException {
    place(fork, Collections.asLifoQueue(new ConcurrentLinkedDeque<>()), Collection::add);
  }

  @RaceFree(PLACED)
  static void addedWithAClassChecked(Fork fork) throws InterruptedException {
    place(
        fork,
        Collections.checkedCollection(new ConcurrentLinkedQueue<>(), Box.class),
        Collection::add);
    placeInMap(
        fork,
        Collections.checkedMap(new ConcurrentHashMap<>(), String.class, Box.class),
        (map, box) -> map.put("box", box));
  }

  @RaceFree(PLACED)
  static void collectedIntoASharedSet(Fork fork) throws InterruptedException {
    CopyOnWriteArraySet<Box> boxes = new CopyOnWriteArraySet<>();
    place(fork, boxes, (set, box) -> Stream.of(box).collect(Collectors.toCollection(() -> boxes)));
  }

  @RaceFree(PLACED)
  static void collectedIntoASharedMap(Fork fork) throws InterruptedException {
    placeInMap(
        fork,
        new ConcurrentHashMap<>(),
        (map, box) ->
            Stream.of(box)
                .collect(
                    Collectors.toMap(any -> "box", any -> any, (one, other) -> one, () -> map)));
  }

  @RaceFree(PLACED)
  static void drainedIntoAnotherQueue(Fork fork) throws InterruptedException {
    place(
        fork,
        new LinkedBlockingQueue<>(),
        (queue, box) -> {
          PriorityBlockingQueue<Box> first = new PriorityBlockingQueue<>();
          first.add(box);
          first.drainTo(queue);
        });
  }

  @RaceFree(PLACED)
  static void filledAndCopiedInto(Fork fork) throws InterruptedException {
    for (BiConsumer<List<@Nullable Box>, Box> placing :
        List.<BiConsumer<List<@Nullable Box>, Box>>of(
            Collections::fill,
            (list, box) -> Collections.copy(list, List.of(box)),
            (list, box) -> Collections.replaceAll(list, null, box))) {
      List<@Nullable Box> boxes = new CopyOnWriteArrayList<>(Collections.nCopies(1, null));
      TwoThreads.together(
          fork,
          () -> {
            Box box = new Box();
            box.value = 7;
            placing.accept(boxes, box);
          },
          () -> {
            Box box = boxes.get(0);
            while (box == null) {
              Thread.yield();
              box = boxes.get(0);
            }
            box.value++;
          });
    }
  }

  private static void readOnly(
      Fork fork, List<Box> boxes, Function<List<Box>, Collection<Box>> reading)
      throws InterruptedException {
    TwoThreads.together(
        fork,
        () -> {
          Box box = new Box();
          box.value = 7;
          boxes.add(box);
        },
        () -> {
          Collection<Box> found = reading.apply(boxes);
          while (found.isEmpty()) {
            Thread.yield();
            found = reading.apply(boxes);
          }
          found.iterator().next().value++;
        });
  }

  @RaceFree(PLACED)
  static void readThroughWhatCannotBeChanged(Fork fork) throws InterruptedException {
    readOnly(fork, new CopyOnWriteArrayList<>(), Collections::unmodifiableList);
    readOnly(
        fork,
        new CopyOnWriteArrayList<>(),
        list -> Collections.unmodifiableCollection(list).stream().toList());
    readOnly(
        fork,
        new CopyOnWriteArrayList<>(),
        list -> {
          List<Box> copy = new ArrayList<>();
          Collections.unmodifiableList(list).forEach(copy::add);
          return copy;
        });
  }

  @Racy
  static void changedAfterCollectionsAdded(Fork fork) throws InterruptedException {
    ConcurrentLinkedQueue<Box> boxes = new ConcurrentLinkedQueue<>();
    Box box = new Box();
    TwoThreads.together(
        fork,
        () -> {
          Collections.addAll(boxes, box);
          box.value = 7; // race: changedAfterCollectionsAdded
        },
        () -> {
          int seen = awaitFirst(boxes).value; // race: changedAfterCollectionsAdded
        });
  }

  @Racy
  static void changedAfterAddedIfAbsent(Fork fork) throws InterruptedException {
    CopyOnWriteArrayList<Box> boxes = new CopyOnWriteArrayList<>();
    Box box = new Box();
    TwoThreads.together(
        fork,
        () -> {
          boxes.addAllAbsent(List.of(box));
          box.value = 7; // race: changedAfterAddedIfAbsent
        },
        () -> {
          int seen = awaitFirst(boxes).value; // race: changedAfterAddedIfAbsent
        });
  }

  @Racy
  static void changedAfterPushed(Fork fork) throws InterruptedException {
    Collection<Box> boxes = Collections.asLifoQueue(new ConcurrentLinkedDeque<>());
    Box box = new Box();
    TwoThreads.together(
        fork,
        () -> {
          boxes.add(box);
          box.value = 7; // race: changedAfterPushed
        },
        () -> {
          int seen = awaitFirst(boxes).value; // race: changedAfterPushed
        });
  }

  @Racy
  static void changedAfterCollected(Fork fork) throws InterruptedException {
    CopyOnWriteArraySet<Box> boxes = new CopyOnWriteArraySet<>();
    Box box = new Box();
    TwoThreads.together(
        fork,
        () -> {
          Stream.of(box).collect(Collectors.toCollection(() -> boxes));
          box.value = 7; // race: changedAfterCollected
        },
        () -> {
          int seen = awaitFirst(boxes).value; // race: changedAfterCollected
        });
  }

  @Racy
  static void changedAfterCollectedByKey(Fork fork) throws InterruptedException {
    Map<String, Box> boxes = new ConcurrentHashMap<>();
    Box box = new Box();
    TwoThreads.together(
        fork,
        () -> {
          Stream.of(box)
              .collect(
                  Collectors.toMap(any -> "box", any -> any, (one, other) -> one, () -> boxes));
          box.value = 7; // race: changedAfterCollectedByKey
        },
        () -> {
          int seen = awaitKey(boxes).value; // race: changedAfterCollectedByKey
        });
  }

  @Racy
  static void changedAfterDrained(Fork fork) throws InterruptedException {
    LinkedBlockingQueue<Box> boxes = new LinkedBlockingQueue<>();
    Box box = new Box();
    TwoThreads.together(
        fork,
        () -> {
          new LinkedBlockingQueue<>(List.of(box)).drainTo(boxes);
          box.value = 7; // race: changedAfterDrained
        },
        () -> {
          int seen = awaitFirst(boxes).value; // race: changedAfterDrained
        });
  }

  @Racy
  static void drainedIntoASharedList(Fork fork) throws InterruptedException {
    List<Box> all = new ArrayList<>();
    LinkedBlockingQueue<Box> boxes = new LinkedBlockingQueue<>(List.of(new Box()));
    TwoThreads.inTurn(
        fork,
        () -> boxes.drainTo(all), // race: drainedIntoASharedList
        () -> {
          int seen = all.size(); // race: drainedIntoASharedList
        });
  }

  @Racy
  static void stackOnADequeOfNobody(Fork fork) throws InterruptedException {
    Collection<Box> boxes = Collections.asLifoQueue(new ArrayDeque<>());
    TwoThreads.together(
        fork,
        () -> boxes.add(new Box()), // race: stackOnADequeOfNobody
        () -> {
          boolean seen = boxes.isEmpty(); // race: stackOnADequeOfNobody
        });
  }

  @Racy
  static void changedAfterSeenThroughAView(Fork fork) throws InterruptedException {
    List<Box> boxes = new CopyOnWriteArrayList<>();
    Collection<Box> view = Collections.unmodifiableList(boxes);
    Box box = new Box();
    TwoThreads.together(
        fork,
        () -> {
          boxes.add(box);
          box.value = 7; // race: changedAfterSeenThroughAView
        },
        () -> {
          int seen = awaitFirst(view).value; // race: changedAfterSeenThroughAView
        });
  }
}
