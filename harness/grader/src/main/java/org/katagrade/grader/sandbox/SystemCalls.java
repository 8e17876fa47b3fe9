package org.katagrade.grader.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A filter of system calls for the kernel's seccomp, as a program of classic BPF (seccomp(2),
 * linux/filter.h): what no JVM needs, and what has been a way out of containers, fails.
 *
 * <p>It is no list of what is allowed, since what a JVM calls differs from kernel to kernel and
 * from JDK to JDK. What it leaves out, namespaces, lost privileges and limits have to stop.
 */
final class SystemCalls {

  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int EAFNOSUPPORT = 97;

  /** Offsets into what the kernel shows a filter; the low half of an argument, which is in use. */
  private static final int NUMBER = 0;

  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;

  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_GREATER = 0x25;
  private static final int JUMP_IF_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private static final int ALLOW = 0x7fff0000;
  private static final int FAIL = 0x00050000;
  private static final int KILL_PROCESS = 0x80000000;

  /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
  private static final int NEW_NAMESPACES = 0x7e020000;

  /** Of the families of sockets the last that is the internet's; the others are the kernel's. */
  private static final int AF_INET6 = 10;

  /** System calls of the other interfaces to the same kernel have larger numbers. */
  private static final int LAST_NUMBER = 0x3fffffff;

  private record Architecture(int audit, int cloning, int socket, List<Integer> refused) {}

  /** Those whose numbers are the same everywhere, being young. */
  private static final List<Integer> YOUNG =
      List.of(
          424, // pidfd_send_signal
          425, // io_uring_setup
          426, // io_uring_enter
          427, // io_uring_register
          428, // open_tree
          429, // move_mount
          430, // fsopen
          431, // fsconfig
          432, // fsmount
          433, // fspick
          438, // pidfd_getfd
          440, // process_madvise
          442, // mount_setattr
          444, // landlock_create_ruleset
          447, // memfd_secret
          448); // process_mrelease

  private static final int CLONE3 = 435;

  // In the order: ptrace, process_vm_readv, process_vm_writev, kcmp, mount, umount2, pivot_root,
  // chroot, unshare, setns, kexec_load, kexec_file_load, init_module, finit_module, delete_module,
  // reboot, swapon, swapoff, bpf, perf_event_open, userfaultfd, keyctl, add_key, request_key,
  // open_by_handle_at, name_to_handle_at, acct, quotactl, syslog, personality, settimeofday,
  // clock_settime, adjtimex, clock_adjtime, sethostname, setdomainname, vhangup, lookup_dcookie.
  private static final Map<String, Architecture> KNOWN =
      Map.of(
          "amd64",
          new Architecture(
              0xC000003E,
              56,
              41,
              List.of(
                  101, 310, 311, 312, 165, 166, 155, 161, 272, 308, 246, 320, 175, 313, 176, 169,
                  167, 168, 321, 298, 323, 250, 248, 249, 304, 303, 163, 179, 103, 135, 164, 227,
                  159, 305, 170, 171, 153, 212, /* modify_ldt */ 154, /* iopl, ioperm */ 172, 173)),
          "aarch64",
          new Architecture(
              0xC00000B7,
              220,
              198,
              List.of(
                  117, 270, 271, 272, 40, 39, 41, 51, 97, 268, 104, 294, 105, 273, 106, 142, 224,
                  225, 280, 241, 282, 219, 217, 218, 265, 264, 89, 60, 116, 92, 170, 112, 171, 266,
                  161, 162, 58, 18)));

  private final List<int[]> program = new ArrayList<>();

  private SystemCalls() {}

  /**
   * The program for a processor, as the kernel reads it.
   *
   * @param architecture as {@code os.arch} has it
   * @return nothing for a processor whose numbers are not known here
   */
  static Optional<byte[]> filter(String architecture) {
    return Optional.ofNullable(KNOWN.get(architecture))
        .map(known -> new SystemCalls().bytes(known));
  }

  private byte[] bytes(Architecture known) {
    add(LOAD, 0, 0, ARCHITECTURE);
    unless(JUMP_IF_EQUAL, known.audit(), KILL_PROCESS);
    add(LOAD, 0, 0, NUMBER);
    when(JUMP_IF_GREATER, LAST_NUMBER, FAIL | ENOSYS);
    // With it flags are in memory, where no filter sees them; the C library does without.
    when(JUMP_IF_EQUAL, CLONE3, FAIL | ENOSYS);
    known.refused().forEach(number -> when(JUMP_IF_EQUAL, number, FAIL | EPERM));
    YOUNG.forEach(number -> when(JUMP_IF_EQUAL, number, FAIL | EPERM));
    argument(known.cloning(), JUMP_IF_ANY_BIT, NEW_NAMESPACES, FAIL | EPERM);
    argument(known.socket(), JUMP_IF_GREATER, AF_INET6, FAIL | EAFNOSUPPORT);
    add(RETURN, 0, 0, ALLOW);
    ByteBuffer bytes = ByteBuffer.allocate(8 * program.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int[] each : program) {
      bytes.putShort((short) each[0]).put((byte) each[1]).put((byte) each[2]).putInt(each[3]);
    }
    return bytes.array();
  }

  private void add(int code, int ifTrue, int ifFalse, int operand) {
    program.add(new int[] {code, ifTrue, ifFalse, operand});
  }

  private void when(int test, int operand, int then) {
    add(test, 0, 1, operand);
    add(RETURN, 0, 0, then);
  }

  private void unless(int test, int operand, int then) {
    add(test, 1, 0, operand);
    add(RETURN, 0, 0, then);
  }

  /** Of one call, looks at the first argument; whatever comes of it, it is settled then. */
  private void argument(int number, int test, int operand, int then) {
    add(JUMP_IF_EQUAL, 0, 4, number);
    add(LOAD, 0, 0, FIRST_ARGUMENT);
    when(test, operand, then);
    add(RETURN, 0, 0, ALLOW);
  }
}
