package org.katagrade.checks.evidence;

/**
 * The name of an object that threads lock or wait on.
 *
 * @param type binary name of the object's class
 * @param number tells apart objects of one class within one observation, from 1
 */
public record Lock(String type, int number) {

  /** Simple class name and number, {@code Account#2}. */
  @Override
  public String toString() {
    return type.substring(type.lastIndexOf('.') + 1) + "#" + number;
  }
}
