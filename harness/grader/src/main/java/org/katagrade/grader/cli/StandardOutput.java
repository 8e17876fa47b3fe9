package org.katagrade.grader.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Locale;

/**
 * The standard output, which knows why it could not be written: a reader that has seen enough, as
 * {@code head} has, is no failure. For use by one thread at a time.
 */
final class StandardOutput extends FileOutputStream {

  private volatile boolean noReader;

  StandardOutput() {
    super(FileDescriptor.out);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    try {
      super.write(bytes, start, length);
    } catch (IOException e) {
      noReader |= String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
      throw e;
    }
  }

  /** Whether a write failed since nobody reads what is written. */
  boolean hasNoReader() {
    return noReader;
  }
}
