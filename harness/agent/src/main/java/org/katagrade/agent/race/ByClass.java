package org.katagrade.agent.race;

/**
 * What is found out once of each class. A {@link ClassValue}, which locks monitors while it does
 * not know a value yet, and for which no virtual thread leaves its carrier.
 */
public abstract class ByClass<V> {

  private final ClassValue<V> values =
      new ClassValue<>() {
        @Override
        protected V computeValue(Class<?> type) {
          return compute(type);
        }
      };

  /** What is to be known of the class. */
  protected abstract V compute(Class<?> type);

  /** What is known of the class. */
  public final V get(Class<?> type) {
    boolean pinned = Pinned.begin();
    try {
      return values.get(type);
    } finally {
      Pinned.end(pinned);
    }
  }
}
