package org.katagrade.agent.weave;

import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.constant.ClassDesc;
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

  /** What the verifier calls a value of this type. */
  static VerificationTypeInfo verified(ClassDesc type) {
    return switch (TypeKind.from(type).asLoadable()) {
      case LONG -> SimpleVerificationTypeInfo.LONG;
      case DOUBLE -> SimpleVerificationTypeInfo.DOUBLE;
      case FLOAT -> SimpleVerificationTypeInfo.FLOAT;
      case REFERENCE -> ObjectVerificationTypeInfo.of(type);
      default -> SimpleVerificationTypeInfo.INTEGER;
    };
  }

  /** Adds the variables of a frame, slot by slot, where nothing else is known. */
  static void fill(List<VerificationTypeInfo> slots, List<VerificationTypeInfo> locals) {
    int slot = 0;
    for (VerificationTypeInfo local : locals) {
      while (slots.size() < slot + sizeOf(local)) {
        slots.add(SimpleVerificationTypeInfo.TOP);
      }
      if (slots.get(slot) == SimpleVerificationTypeInfo.TOP) {
        slots.set(slot, local);
      }
      slot += sizeOf(local);
    }
  }

  /** The variables of a frame, of which each slot was known. */
  static List<VerificationTypeInfo> ofSlots(List<VerificationTypeInfo> slots) {
    List<VerificationTypeInfo> locals = new ArrayList<>();
    for (int slot = 0; slot < slots.size(); slot += sizeOf(slots.get(slot))) {
      locals.add(slots.get(slot));
    }
    return locals;
  }

  private static int sizeOf(VerificationTypeInfo local) {
    return local == SimpleVerificationTypeInfo.LONG || local == SimpleVerificationTypeInfo.DOUBLE
        ? TypeKind.LONG.slotSize()
        : 1;
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
      slots += sizeOf(local);
    }
    for (; slots < firstSlot; slots++) {
      all.add(SimpleVerificationTypeInfo.TOP);
    }
    all.addAll(own);
    return all;
  }
}
