package org.katagrade.agent.order;

import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Other ways to go over a collection, made from one that is known. Each step of theirs is a step of
 * that one: an element that is placed while they go on is accessed then, and not when they were
 * made ({@link java.util.concurrent.ConcurrentLinkedQueue}: spliterators "may (or may not) reflect
 * any modifications subsequent to construction").
 */
public final class Traversals {

  private Traversals() {}

  private static <R> R over(Object source, R traversal) {
    if (source != null && traversal != source) {
      Collections.goesOver(Collections.baseOf(JdkObject.passedOn(source)), traversal);
    }
    return traversal;
  }

  @Instead(of = StreamSupport.class)
  public static <T> Stream<T> stream(Spliterator<T> source, boolean parallel) {
    return over(source, StreamSupport.stream(source, parallel));
  }

  @Instead(of = Spliterators.class)
  public static <T> Spliterator<T> spliterator(Collection<? extends T> source, int features) {
    return over(source, Spliterators.spliterator(source, features));
  }

  @Instead(of = Spliterators.class)
  public static <T> Spliterator<T> spliterator(
      Iterator<? extends T> source, long size, int features) {
    return over(source, Spliterators.spliterator(source, size, features));
  }

  @Instead(of = Spliterators.class)
  public static <T> Spliterator<T> spliteratorUnknownSize(
      Iterator<? extends T> source, int features) {
    return over(source, Spliterators.spliteratorUnknownSize(source, features));
  }

  @Instead(of = Spliterators.class)
  public static <T> Iterator<T> iterator(Spliterator<? extends T> source) {
    return over(source, Spliterators.iterator(source));
  }
}
