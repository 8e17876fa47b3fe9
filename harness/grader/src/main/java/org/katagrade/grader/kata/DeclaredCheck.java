package org.katagrade.grader.kata;

import java.util.List;

/**
 * A check as its author declared it.
 *
 * @param id the method's name
 * @param model whether it runs Lincheck, and so alone in a JVM
 */
public record DeclaredCheck(
    String id,
    String title,
    int points,
    String hint,
    List<String> needs,
    boolean bonus,
    boolean model) {

  public DeclaredCheck {
    needs = List.copyOf(needs);
  }
}
