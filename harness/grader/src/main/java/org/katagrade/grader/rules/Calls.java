package org.katagrade.grader.rules;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.katagrade.grader.rules.bytecode.Call;
import org.katagrade.grader.rules.bytecode.Code;

/**
 * Who calls whom within a submission.
 *
 * <p>A call is taken to reach every method of the submission with its name and parameters, whatever
 * its class: an override may be meant.
 */
final class Calls {

  /** An instruction that calls. */
  record Site(Code code, int index, Call call) {}

  /** What calls and methods are matched by. */
  private record Signature(String name, String descriptor) {
    static Signature of(Call call) {
      return new Signature(call.name(), call.type().descriptorString());
    }
  }

  private final Map<Signature, List<Code>> methods = new HashMap<>();
  private final Set<String> types = new HashSet<>();
  private final List<Site> sites = new ArrayList<>();
  private final Map<Signature, List<Site>> sitesOf = new HashMap<>();
  private final Set<Signature> handedOver = new HashSet<>();
  private final List<Call> references = new ArrayList<>();

  Calls(List<Code> all) {
    for (Code code : all) {
      types.add(code.asCall().owner());
      methods.computeIfAbsent(Signature.of(code.asCall()), key -> new ArrayList<>()).add(code);
    }
    all.forEach(this::scan);
  }

  private void scan(Code code) {
    for (int i = 0; i < code.size(); i++) {
      int index = i;
      code.callAt(i)
          .ifPresent(
              call -> {
                Site site = new Site(code, index, call);
                sites.add(site);
                if (types.contains(call.owner())) {
                  sitesOf.computeIfAbsent(Signature.of(call), key -> new ArrayList<>()).add(site);
                }
              });
      for (Call reference : code.handedOverAt(i)) {
        references.add(reference);
        handedOver.add(Signature.of(reference));
      }
    }
  }

  /** Every call, in order of methods and instructions. */
  List<Site> sites() {
    return sites;
  }

  /** Methods that are handed over as an object instead of called. */
  List<Call> references() {
    return references;
  }

  /** Where this method of the submission is called from. */
  List<Site> sitesOf(Code method) {
    return sitesOf.getOrDefault(Signature.of(method.asCall()), List.of());
  }

  /** Whether this method becomes an object, to be called by whoever gets it. */
  boolean isHandedOver(Code method) {
    return handedOver.contains(Signature.of(method.asCall()));
  }

  /** Calls that are wanted, or that come to a wanted one within the methods of the submission. */
  Predicate<Call> leadingTo(Predicate<Call> wanted) {
    Set<Signature> leading = new HashSet<>();
    Deque<Code> open = new ArrayDeque<>();
    sites.stream().filter(site -> wanted.test(site.call())).map(Site::code).forEach(open::push);
    while (!open.isEmpty()) {
      Code code = open.pop();
      if (leading.add(Signature.of(code.asCall()))) {
        sitesOf(code).forEach(site -> open.push(site.code()));
      }
    }
    return call ->
        wanted.test(call) || (types.contains(call.owner()) && leading.contains(Signature.of(call)));
  }

  /** Whether a call is of a method of the submission that only reads fields. */
  boolean onlyReads(Call call) {
    List<Code> targets = methods.getOrDefault(Signature.of(call), List.of());
    return types.contains(call.owner())
        && !targets.isEmpty()
        && targets.stream().allMatch(Calls::onlyReads);
  }

  private static boolean onlyReads(Code code) {
    for (int i = 0; i < code.size(); i++) {
      Instruction instruction = code.at(i);
      boolean reads =
          instruction instanceof LoadInstruction
              || instruction instanceof ReturnInstruction
              || (instruction instanceof FieldInstruction
                  && (instruction.opcode() == Opcode.GETFIELD
                      || instruction.opcode() == Opcode.GETSTATIC));
      if (!reads) {
        return false;
      }
    }
    return true;
  }
}
