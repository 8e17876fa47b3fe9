package kata04;

/** Your bank. */
public final class Solution implements Bank {

  public Solution() {}

  @Override
  public void open(String account, long cents) {
    throw new UnsupportedOperationException("not implemented yet: open");
  }

  @Override
  public void deposit(String account, long cents) {
    throw new UnsupportedOperationException("not implemented yet: deposit");
  }

  @Override
  public boolean withdraw(String account, long cents) {
    throw new UnsupportedOperationException("not implemented yet: withdraw");
  }

  @Override
  public boolean transfer(String from, String to, long cents, Runnable audit) {
    throw new UnsupportedOperationException("not implemented yet: transfer");
  }

  @Override
  public long balance(String account) {
    throw new UnsupportedOperationException("not implemented yet: balance");
  }

  @Override
  public long total() {
    throw new UnsupportedOperationException("not implemented yet: total");
  }
}
