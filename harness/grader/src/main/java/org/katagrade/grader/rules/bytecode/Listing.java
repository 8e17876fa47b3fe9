package org.katagrade.grader.rules.bytecode;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A method's instructions by number.
 *
 * @param instructions in order
 * @param lines the source line of each, or -1
 * @param successors where each leads when nothing is thrown
 * @param handlers what catches exceptions, innermost first
 * @param maxLocals how many slots local variables take
 */
record Listing(
    List<Instruction> instructions,
    List<Integer> lines,
    List<List<Integer>> successors,
    List<Handler> handlers,
    int maxLocals) {

  Listing {
    instructions = List.copyOf(instructions);
    lines = List.copyOf(lines);
    successors = List.copyOf(successors);
    handlers = List.copyOf(handlers);
  }

  static Listing of(CodeAttribute code) {
    List<Instruction> instructions = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    Map<Label, Integer> positions = new HashMap<>();
    int line = -1;
    for (CodeElement element : code) {
      switch (element) {
        case LineNumber number -> line = number.line();
        case LabelTarget target -> positions.put(target.label(), instructions.size());
        case Instruction instruction -> {
          instructions.add(instruction);
          lines.add(line);
        }
        default -> {}
      }
    }
    List<List<Integer>> successors = new ArrayList<>();
    for (int i = 0; i < instructions.size(); i++) {
      successors.add(successors(i, instructions.get(i), positions));
    }
    List<Handler> handlers =
        code.exceptionHandlers().stream()
            .map(
                caught ->
                    new Handler(
                        at(positions, caught.tryStart()),
                        at(positions, caught.tryEnd()),
                        at(positions, caught.handler()),
                        caught.catchType().map(type -> type.asSymbol())))
            .toList();
    return new Listing(instructions, lines, successors, handlers, code.maxLocals());
  }

  /** The handlers that may catch what this instruction throws. */
  List<Handler> over(int index) {
    return handlers.stream().filter(handler -> handler.covers(index)).toList();
  }

  private static List<Integer> successors(
      int index, Instruction instruction, Map<Label, Integer> positions) {
    return switch (instruction) {
      case ReturnInstruction _, ThrowInstruction _ -> List.of();
      case BranchInstruction branch -> {
        int target = at(positions, branch.target());
        boolean always = branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W;
        yield always ? List.of(target) : List.of(index + 1, target);
      }
      case TableSwitchInstruction table -> cases(table.cases(), table.defaultTarget(), positions);
      case LookupSwitchInstruction lookup ->
          cases(lookup.cases(), lookup.defaultTarget(), positions);
      default -> List.of(index + 1);
    };
  }

  private static List<Integer> cases(
      List<SwitchCase> cases, Label otherwise, Map<Label, Integer> positions) {
    List<Integer> targets = new ArrayList<>();
    cases.forEach(one -> targets.add(at(positions, one.target())));
    targets.add(at(positions, otherwise));
    return targets;
  }

  private static int at(Map<Label, Integer> positions, Label label) {
    Integer position = positions.get(label);
    if (position == null) {
      throw new IllegalArgumentException("a label that stands nowhere");
    }
    return position;
  }
}
