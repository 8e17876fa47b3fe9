package org.katagrade.agent.weave;

import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds the weaver's own local variables to the frames that javac wrote. Computing frames anew would
 * need to know the types of classes that are not loaded yet, and guess where they cannot be found.
 */
final class Frames {

  private final int firstSlot;
  private final List<VerificationTypeInfo> own;

  /**
   * Adds these variables.
   *
   * @param firstSlot where they begin, after all the method's own
   */
  Frames(int firstSlot, List<VerificationTypeInfo> own) {
    this.firstSlot = firstSlot;
    this.own = own;
  }

  StackMapFrameInfo extend(StackMapFrameInfo frame) {
    return StackMapFrameInfo.of(frame.target(), extend(frame.locals()), frame.stack());
  }

  /** The weaver's variables alone, where nothing is known of the method's. */
  List<VerificationTypeInfo> alone() {
    return extend(List.of());
  }

  private List<VerificationTypeInfo> extend(List<VerificationTypeInfo> locals) {
    List<VerificationTypeInfo> all = new ArrayList<>(locals);
    int slots = 0;
    for (VerificationTypeInfo local : locals) {
      slots +=
          local == SimpleVerificationTypeInfo.LONG || local == SimpleVerificationTypeInfo.DOUBLE
              ? TypeKind.LONG.slotSize()
              : 1;
    }
    for (; slots < firstSlot; slots++) {
      all.add(SimpleVerificationTypeInfo.TOP);
    }
    all.addAll(own);
    return all;
  }
}
