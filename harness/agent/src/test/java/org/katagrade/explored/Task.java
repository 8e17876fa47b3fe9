package org.katagrade.explored;

/** What a thread of a program does. */
@FunctionalInterface
interface Task {

  void run() throws Exception;
}
