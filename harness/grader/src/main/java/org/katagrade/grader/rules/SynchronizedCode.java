package org.katagrade.grader.rules;

import java.lang.classfile.Opcode;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.rules.bytecode.Code;

/** Synchronized methods and blocks; of a method, the place is its first line with code. */
final class SynchronizedCode implements Pattern {

  @Override
  public List<Frame> places(Submission submission) {
    List<Frame> places = new ArrayList<>();
    for (Code code : submission.methods()) {
      if (code.method().flags().has(AccessFlag.SYNCHRONIZED)) {
        places.add(code.frame(0));
      }
      for (int i = 0; i < code.size(); i++) {
        if (code.at(i).opcode() == Opcode.MONITORENTER) {
          places.add(code.frame(i));
        }
      }
    }
    return places;
  }
}
