package org.katagrade.grader.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Runs the filter as the kernel would. */
final class SystemCallsTest {

  private static final int ALLOWED = 0x7fff0000;
  private static final int NOT_PERMITTED = 0x00050001;
  private static final int NOT_IMPLEMENTED = 0x00050026;
  private static final int NO_SUCH_FAMILY = 0x00050061;
  private static final int KILLED = 0x80000000;

  private static final int AMD64 = 0xC000003E;
  private static final int AARCH64 = 0xC00000B7;

  private static final int CLONE_NEWUSER = 0x10000000;
  private static final int FLAGS_OF_A_THREAD = 0x003d0f00;

  @Test
  void whatJvmsCallIsAllowed() {
    for (int call :
        new int[] {
          /* read, mmap, futex, execve */
          0, 9, 202, 59
        }) {
      assertThat(outcome("amd64", AMD64, call, 0)).as("%d", call).isEqualTo(ALLOWED);
    }
    assertThat(outcome("amd64", AMD64, 56, FLAGS_OF_A_THREAD)).isEqualTo(ALLOWED);
    assertThat(outcome("amd64", AMD64, 41, /* AF_INET */ 2)).isEqualTo(ALLOWED);
    assertThat(outcome("aarch64", AARCH64, 220, FLAGS_OF_A_THREAD)).isEqualTo(ALLOWED);
  }

  @Test
  void waysOutAreNot() {
    for (int call :
        new int[] {
          /* ptrace, mount, unshare, bpf, io_uring_setup */
          101, 165, 272, 321, 425
        }) {
      assertThat(outcome("amd64", AMD64, call, 0)).as("%d", call).isEqualTo(NOT_PERMITTED);
    }
    for (int call :
        new int[] {
          /* ptrace, mount, unshare, bpf, io_uring_setup */
          117, 40, 97, 280, 425
        }) {
      assertThat(outcome("aarch64", AARCH64, call, 0)).as("%d", call).isEqualTo(NOT_PERMITTED);
    }
    assertThat(outcome("amd64", AMD64, 56, FLAGS_OF_A_THREAD | CLONE_NEWUSER))
        .isEqualTo(NOT_PERMITTED);
    assertThat(outcome("aarch64", AARCH64, 220, CLONE_NEWUSER)).isEqualTo(NOT_PERMITTED);
    assertThat(outcome("amd64", AMD64, 41, /* AF_VSOCK */ 40)).isEqualTo(NO_SUCH_FAMILY);
    assertThat(outcome("aarch64", AARCH64, 198, /* AF_NETLINK */ 16)).isEqualTo(NO_SUCH_FAMILY);
  }

  @Test
  void otherInterfacesToTheKernelAreClosed() {
    assertThat(outcome("amd64", AMD64, /* clone3 */ 435, 0)).isEqualTo(NOT_IMPLEMENTED);
    assertThat(outcome("amd64", AMD64, /* read, by x32 */ 0x40000000, 0))
        .isEqualTo(NOT_IMPLEMENTED);
    assertThat(outcome("amd64", /* i386 */ 0x40000003, 0, 0)).isEqualTo(KILLED);
  }

  @Test
  void aProcessorThatIsNotKnownHasNoFilter() {
    assertThat(SystemCalls.filter("sparc")).isEmpty();
  }

  private static int outcome(String processor, int architecture, int call, int firstArgument) {
    ByteBuffer program =
        ByteBuffer.wrap(SystemCalls.filter(processor).orElseThrow()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(program.limit() % 8).isZero();
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(0, call).putInt(4, architecture).putInt(16, firstArgument);
    int value = 0;
    for (int at = 0; ; at++) {
      int code = program.getShort(8 * at);
      int ifTrue = program.get(8 * at + 2);
      int ifFalse = program.get(8 * at + 3);
      int operand = program.getInt(8 * at + 4);
      switch (code) {
        case 0x20 -> value = data.getInt(operand);
        case 0x15 -> at += value == operand ? ifTrue : ifFalse;
        case 0x25 -> at += Integer.compareUnsigned(value, operand) > 0 ? ifTrue : ifFalse;
        case 0x45 -> at += (value & operand) != 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return operand;
        }
        default -> throw new AssertionError("no such code: " + code);
      }
    }
  }
}
