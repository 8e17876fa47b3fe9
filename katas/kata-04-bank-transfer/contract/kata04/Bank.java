package kata04;

/**
 * Accounts with money in them, and transfers between any two of them.
 *
 * <p>{@code Solution} has the public constructor {@code Solution()}: a bank without accounts.
 *
 * <p>Amounts are cents, 0 or more. A call that is refused with an exception changes nothing.
 * Several reasons to refuse a call at once: any of their exceptions may be thrown.
 *
 * <p>Safe for use by many threads: every call takes effect at one moment between its beginning and
 * its end. A transfer holds its two accounts from before it looks at them until it is over, its
 * audit included. Meanwhile every other call that concerns one of them waits, {@link #balance} and
 * {@link #total} too. To wait means to sleep until woken, not to ask again and again; an interrupt
 * does not end the wait, and is still set when the call returns. Whatever calls are under way, in
 * whatever order their accounts are named, none of them waits for ever.
 *
 * <p>Transfers that have no account in common run at the same time, unless a total is under way.
 */
public interface Bank {

  /**
   * Opens an account.
   *
   * @param account its name, equal to no other account's
   * @param cents what is in it at first
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if the account is open already or the amount is negative
   */
  void open(String account, long cents);

  /**
   * Puts money into an account.
   *
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if there is no such account or the amount is negative
   * @throws ArithmeticException if the account would hold more than {@link Long#MAX_VALUE}
   */
  void deposit(String account, long cents);

  /**
   * Takes money out of an account if there is enough.
   *
   * @return whether there was enough; if not, nothing has changed
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if there is no such account or the amount is negative
   */
  boolean withdraw(String account, long cents);

  /** Moves money as {@link #transfer(String, String, long, Runnable)} does, with no audit. */
  default boolean transfer(String from, String to, long cents) {
    return transfer(from, to, cents, () -> {});
  }

  /**
   * Moves money from one account to another if there is enough.
   *
   * <p>The audit runs once, in the calling thread, while both accounts are held, when it is certain
   * that the money is there and fits. It may take as long as it likes and must not call the bank.
   * If it throws, nothing has moved, both accounts are free again, and what it threw reaches the
   * caller, unchanged. A transfer that is refused has no audit.
   *
   * <p>The two accounts may be one and the same. Then nothing moves, but all else is as it always
   * is: there must be enough, and the audit runs while the account is held.
   *
   * @return whether there was enough; if not, nothing has changed
   * @throws NullPointerException if a name or the audit is null
   * @throws IllegalArgumentException if there is no such account or the amount is negative
   * @throws ArithmeticException if the receiving account would hold more than {@link
   *     Long#MAX_VALUE}
   */
  boolean transfer(String from, String to, long cents, Runnable audit);

  /**
   * What is in an account.
   *
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if there is no such account
   */
  long balance(String account);

  /**
   * What is in all accounts together at one moment: money on its way is counted once, neither twice
   * nor not at all.
   *
   * @throws ArithmeticException if it is more than {@link Long#MAX_VALUE}
   */
  long total();
}
