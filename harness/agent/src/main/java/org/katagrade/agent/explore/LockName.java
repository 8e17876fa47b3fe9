package org.katagrade.agent.explore;

/**
 * The name of an object that threads lock or wait on.
 *
 * @param type binary name of the object's class
 * @param number tells apart objects of one class within one run, from 1
 */
public record LockName(String type, int number) {}
