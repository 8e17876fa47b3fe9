package org.katagrade.checks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to an object and writes down when each began and how and when it ended, in one order
 * of all that happened.
 *
 * <p>Safe for use by many threads, which it orders in nobody's eyes.
 */
final class HistoryRecorder {

  private final Object object;
  private final Unseen<Event> events = new Unseen<>();
  private volatile boolean stopped;

  HistoryRecorder(Object object) {
    this.object = object;
  }

  /** Something that happened. */
  private sealed interface Event {

    /** A call began. */
    record Began(int thread, Invocation invocation) implements Event {}

    /** The call that the thread made last ended. */
    record Ended(int thread, String result) implements Event {}
  }

  /** Makes these calls one after the other, in the calling thread. */
  @Nullable Void record(int thread, List<Invocation> calls) throws InterruptedException {
    for (Invocation call : calls) {
      Object[] arguments = call.arguments().toArray();
      events.add(new Event.Began(thread, call));
      String result = end(call.method(), arguments);
      if (stopped) {
        throw new InterruptedException("whoever waited then was interrupted");
      }
      events.add(new Event.Ended(thread, result));
    }
    return null;
  }

  private String end(Method method, Object[] arguments) {
    try {
      Object result = method.invoke(object, arguments);
      return method.getReturnType() == void.class ? "void" : String.valueOf(result);
    } catch (InvocationTargetException e) {
      Throwable thrown = Objects.requireNonNull(e.getCause());
      if (thrown instanceof VirtualMachineError error) {
        throw error;
      }
      return thrown.getClass().getSimpleName();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the operations are not public", e);
    }
  }

  /** Writes nothing down from here on: what ends now ends because the check is over. */
  void stop() {
    stopped = true;
  }

  /** The calls so far, in the order in which they began. */
  List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    Map<Integer, Integer> last = new HashMap<>();
    List<Event> all = events.toList();
    for (int now = 0; now < all.size(); now++) {
      switch (all.get(now)) {
        case Event.Began began -> {
          last.put(began.thread(), calls.size());
          calls.add(new Call(began.thread(), began.invocation(), now, Call.NEVER, null));
        }
        case Event.Ended ended -> {
          int index = Objects.requireNonNull(last.get(ended.thread()));
          Call call = calls.get(index);
          calls.set(
              index, new Call(call.thread(), call.invocation(), call.begun(), now, ended.result()));
        }
      }
    }
    return calls;
  }
}
