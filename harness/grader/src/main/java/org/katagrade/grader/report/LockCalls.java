package org.katagrade.grader.report;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The calls of one source file that take and release locks. */
final class LockCalls {

  private static final Set<String> TAKES = Set.of("lock", "lockInterruptibly", "tryLock");

  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private LockCalls(CompilationUnitTree unit, SourcePositions positions) {
    this.unit = unit;
    this.positions = positions;
  }

  static LockCalls in(String source) {
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(file));
    try {
      return new LockCalls(
          task.parse().iterator().next(), Trees.instance(task).getSourcePositions());
    } catch (IOException e) {
      throw new UncheckedIOException("parsing a source in memory", e);
    }
  }

  /** A call that takes a lock or releases it, named by the expression it is called on. */
  private record Call(String lock, boolean takes, int line) {}

  /**
   * The line of the one lock that is held by a thread that stands at these lines, innermost first;
   * nothing if there is none, more than one, or any doubt.
   */
  Optional<Integer> stillHeldAt(List<Integer> standing) {
    List<Call> held = new ArrayList<>();
    List<Tree> bodies = new ArrayList<>();
    for (int line : standing.reversed()) {
      Tree body = bodyAround(line);
      if (body == null) {
        return Optional.empty();
      }
      bodies.add(body);
      Path path = new Path(line);
      path.walk(body);
      if (path.ambiguous) {
        return Optional.empty();
      }
      for (Call call : path.before) {
        if (call.takes()) {
          held.add(call);
        } else {
          held.reversed().stream()
              .filter(taken -> taken.lock().equals(call.lock()))
              .findFirst()
              .ifPresent(held::remove);
        }
      }
    }
    return held.size() == 1 && !someOtherKeepsALock(bodies)
        ? Optional.of(held.getFirst().line())
        : Optional.empty();
  }

  /** Whether some other method takes a lock and returns with it. */
  private boolean someOtherKeepsALock(List<Tree> bodies) {
    boolean[] keeps = new boolean[1];
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
        if (method.getBody() != null && !bodies.contains(method.getBody())) {
          List<Call> calls = callsIn(method.getBody(), true);
          long takes = calls.stream().filter(Call::takes).count();
          keeps[0] |= takes > calls.size() - takes;
        }
        return super.visitMethod(method, unused);
      }
    }.scan(unit, null);
    return keeps[0];
  }

  private boolean covers(Tree tree, int line) {
    long start = positions.getStartPosition(unit, tree);
    long end = positions.getEndPosition(unit, tree);
    return start >= 0
        && end >= 0
        && unit.getLineMap().getLineNumber(start) <= line
        && unit.getLineMap().getLineNumber(end) >= line;
  }

  /** The body of the innermost method or lambda around a line. */
  private @Nullable Tree bodyAround(int line) {
    List<Tree> bodies = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
        if (method.getBody() != null && covers(method.getBody(), line)) {
          bodies.add(method.getBody());
        }
        return super.visitMethod(method, unused);
      }

      @Override
      public @Nullable Void visitLambdaExpression(
          LambdaExpressionTree lambda, @Nullable Void unused) {
        if (covers(lambda.getBody(), line)) {
          bodies.add(lambda.getBody());
        }
        return super.visitLambdaExpression(lambda, unused);
      }
    }.scan(unit, null);
    return bodies.isEmpty() ? null : bodies.getLast();
  }

  private List<Call> callsIn(@Nullable Tree tree) {
    return callsIn(tree, false);
  }

  /** Calls in the order they are written; what a lambda does is done elsewhere, or never. */
  private List<Call> callsIn(@Nullable Tree tree, boolean lambdasToo) {
    List<Call> calls = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree invocation, @Nullable Void unused) {
        if (invocation.getMethodSelect() instanceof MemberSelectTree select) {
          String name = select.getIdentifier().toString();
          if (TAKES.contains(name) || name.equals("unlock")) {
            long at = positions.getEndPosition(unit, select);
            calls.add(
                new Call(
                    select.getExpression().toString(),
                    !name.equals("unlock"),
                    (int) unit.getLineMap().getLineNumber(at)));
          }
        }
        return super.visitMethodInvocation(invocation, unused);
      }

      @Override
      public @Nullable Void visitLambdaExpression(
          LambdaExpressionTree lambda, @Nullable Void unused) {
        return lambdasToo ? super.visitLambdaExpression(lambda, unused) : null;
      }

      @Override
      public @Nullable Void visitClass(ClassTree inner, @Nullable Void unused) {
        return null;
      }
    }.scan(tree, null);
    return calls;
  }

  /** The way through a body to a line, and the calls that are behind one there. */
  private final class Path {

    private final int line;
    private final List<Call> before = new ArrayList<>();
    private boolean ambiguous;

    Path(int line) {
      this.line = line;
    }

    void walk(@Nullable Tree tree) {
      switch (tree) {
        case BlockTree block -> block(block.getStatements());
        case IfTree choice -> {
          if (!covers(choice.getCondition(), line)) {
            before.addAll(callsIn(choice.getCondition()));
            oneOf(choice.getThenStatement(), choice.getElseStatement());
          }
        }
        case TryTree attempt -> attempt(attempt);
        case WhileLoopTree loop -> loop(loop, loop.getStatement());
        case DoWhileLoopTree loop -> loop(loop, loop.getStatement());
        case ForLoopTree loop -> loop(loop, loop.getStatement());
        case EnhancedForLoopTree loop -> loop(loop, loop.getStatement());
        case null, default -> {}
      }
    }

    private void block(List<? extends StatementTree> statements) {
      if (statements.stream().filter(statement -> covers(statement, line)).count() > 1) {
        ambiguous = true;
        return;
      }
      for (StatementTree statement : statements) {
        if (covers(statement, line)) {
          walk(statement);
          return;
        }
        before.addAll(callsIn(statement));
      }
    }

    private void oneOf(StatementTree first, @Nullable StatementTree second) {
      boolean inFirst = covers(first, line);
      boolean inSecond = second != null && covers(second, line);
      ambiguous |= inFirst && inSecond;
      walk(inFirst ? first : second);
    }

    private void attempt(TryTree attempt) {
      if (covers(attempt.getBlock(), line)) {
        walk(attempt.getBlock());
        return;
      }
      before.addAll(callsIn(attempt.getBlock()));
      for (CatchTree handler : attempt.getCatches()) {
        if (covers(handler.getBlock(), line)) {
          walk(handler.getBlock());
          return;
        }
      }
      walk(attempt.getFinallyBlock());
    }

    /** An earlier round may have left a lock taken, and then nothing is certain. */
    private void loop(Tree loop, StatementTree body) {
      List<Call> calls = callsIn(loop);
      long takes = calls.stream().filter(Call::takes).count();
      ambiguous |= takes > calls.size() - takes;
      walk(body);
    }
  }
}
