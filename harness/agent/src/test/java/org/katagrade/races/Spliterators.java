package org.katagrade.races;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Steps of a {@link Spliterator}, and of what is made of one. */
final class Spliterators {

  private static final String PLACED =
      "java.util.concurrent: what precedes placing an object happens before what follows its"
          + " access";

  private Spliterators() {}

  private static final class Box {
    int value;
  }

  /** A box is placed after the spliterator was made, and found by it. */
  private static void findLater(
      Fork fork, Collection<Box> boxes, Consumer<Spliterator<Box>> goingOver)
      throws InterruptedException {
    Unseen made = new Unseen();
    Unseen placed = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          made.await();
          Box box = new Box();
          box.value = 7;
          boxes.add(box);
          placed.reached();
        },
        () -> {
          Spliterator<Box> late = boxes.spliterator();
          made.reached();
          placed.await();
          goingOver.accept(late);
        });
  }

  @RaceFree(PLACED)
  static void steppedLater(Fork fork) throws InterruptedException {
    findLater(
        fork,
        new LinkedBlockingDeque<>(),
        late -> {
          Box[] found = new Box[1];
          late.tryAdvance(box -> found[0] = box);
          found[0].value++;
        });
    findLater(
        fork,
        new ConcurrentLinkedQueue<>(),
        late -> {
          List<Box> found = new ArrayList<>();
          late.forEachRemaining(found::add);
          found.forEach(box -> box.value++);
        });
  }

  @RaceFree(PLACED)
  static void streamedLater(Fork fork) throws InterruptedException {
    findLater(
        fork,
        new LinkedBlockingDeque<>(),
        late -> {
          for (Box box : StreamSupport.stream(late, false).toList()) {
            box.value++;
          }
        });
    findLater(
        fork,
        new ConcurrentLinkedQueue<>(),
        late -> {
          for (Box box : StreamSupport.stream(late, false).filter(box -> box.value > 0).toList()) {
            box.value++;
          }
        });
  }

  @RaceFree(PLACED)
  static void iteratedLater(Fork fork) throws InterruptedException {
    findLater(
        fork,
        new ConcurrentLinkedQueue<>(),
        late -> {
          Iterator<Box> boxes = java.util.Spliterators.iterator(late);
          boxes.next().value++;
        });
  }

  @Racy
  static void streamedAndChanged(Fork fork) throws InterruptedException {
    Collection<Box> boxes = new LinkedBlockingDeque<>();
    Box box = new Box();
    Spliterator<Box> late = boxes.spliterator();
    TwoThreads.inTurn(
        fork,
        () -> {
          boxes.add(box);
          box.value = 7; // race: streamedAndChanged
        },
        () -> {
          List<Box> found = StreamSupport.stream(late, false).toList();
          found.get(0).value++; // race: streamedAndChanged
        });
  }

  @Racy
  static void steppedAndChanged(Fork fork) throws InterruptedException {
    Collection<Box> boxes = new ConcurrentLinkedQueue<>();
    Box box = new Box();
    Spliterator<Box> late = boxes.spliterator();
    TwoThreads.inTurn(
        fork,
        () -> {
          boxes.add(box);
          box.value = 7; // race: steppedAndChanged
        },
        () -> late.tryAdvance(found -> found.value++)); // race: steppedAndChanged
  }

  @Racy
  static void listSteppedBesideAnAdd(Fork fork) throws InterruptedException {
    List<Box> boxes = new ArrayList<>(List.of(new Box()));
    Spliterator<Box> late = boxes.spliterator();
    TwoThreads.inTurn(
        fork,
        () -> boxes.add(new Box()), // race: listSteppedBesideAnAdd
        () -> late.tryAdvance(box -> {})); // race: listSteppedBesideAnAdd
  }

  @RaceFree("Spliterator: parts that trySplit made may be gone over by different threads")
  static void partsOfOneList(Fork fork) throws InterruptedException {
    List<Box> boxes = new ArrayList<>(List.of(new Box(), new Box(), new Box(), new Box()));
    Spliterator<Box> second = boxes.spliterator();
    Spliterator<Box> first = second.trySplit();
    TwoThreads.together(
        fork,
        () -> first.forEachRemaining(box -> box.value++),
        () -> {
          second.forEachRemaining(box -> box.value++);
          boxes.set(3, new Box());
        });
  }
}
