package org.katagrade.agent.weave;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ConstantDescs;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.WovenClass;

/** What the methods of a class that is being woven have in common. */
record ClassContext(ClassModel model, WovenClass woven, Hierarchy hierarchy, CallTable calls) {

  String name() {
    return model.thisClass().asInternalName().replace('/', '.');
  }

  boolean hasInitialiser() {
    for (MethodModel method : model.methods()) {
      if (method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME)) {
        return true;
      }
    }
    return false;
  }

  @Nullable String sourceFile() {
    SourceFileAttribute source = model.findAttribute(Attributes.sourceFile()).orElse(null);
    return source == null ? null : source.sourceFile().stringValue();
  }
}
