package kata04;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.katagrade.checks.Check;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;
import org.katagrade.checks.Eventually;
import org.katagrade.checks.Explored;
import org.katagrade.checks.Gate;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Linearizability;
import org.katagrade.checks.Meeting;
import org.katagrade.checks.Strangers;

/** Hidden checks for kata 04. */
@Graded(race = 10, rules = 5)
public final class BankChecks {

  @Check(points = 8, title = "money goes in, out and from one account to another")
  void movesMoney() throws Exception {
    Bank bank = new Solution();
    assertThat(bank.total()).as("the total of a bank without accounts").isZero();
    bank.open("rent", 500);
    bank.open("food", 0);
    AtomicInteger audits = new AtomicInteger();

    assertThat(bank.transfer("rent", "food", 200, audits::incrementAndGet))
        .as("whether 200 of 500 could be transferred")
        .isTrue();
    assertThat(audits).as("audits of one transfer").hasValue(1);
    mustHold(bank, "rent", 300, "after a transfer of 200");
    mustHold(bank, "food", 200, "after a transfer of 200");

    assertThat(bank.transfer("rent", "food", 300)).as("whether all 300 could go").isTrue();
    mustHold(bank, "rent", 0, "after a transfer of all it had");
    assertThat(bank.transfer("rent", "food", 0)).as("whether 0 of 0 could go").isTrue();
    assertThat(bank.transfer("rent", "food", 1, audits::incrementAndGet))
        .as("whether 1 of 0 could be transferred")
        .isFalse();
    assertThat(audits).as("audits after a transfer that did not happen").hasValue(1);

    bank.deposit("rent", 70);
    assertThat(bank.withdraw("food", 500)).as("whether 500 of 500 could be withdrawn").isTrue();
    assertThat(bank.withdraw("rent", 71)).as("whether 71 of 70 could be withdrawn").isFalse();
    mustHold(bank, "rent", 70, "after a deposit of 70");
    mustHold(bank, "food", 0, "after all was withdrawn");
    assertThat(bank.total()).as("the total").isEqualTo(70);

    Bank other = new Solution();
    other.open("rent", 9);
    mustHold(bank, "rent", 70, "after another bank opened an account of the same name");
    strangersMoveMoney();
  }

  /** Nothing but the bank itself tells each of these what those before it did. */
  private static void strangersMoveMoney() throws Exception {
    Bank bank = new Solution();
    assertThat(
            Strangers.first(() -> bank.open("rent", 100))
                .then(() -> bank.open("food", 0))
                .then(() -> bank.transfer("rent", "food", 30))
                .then(() -> bank.transfer("food", "rent", 10))
                .then(() -> bank.deposit("rent", 5))
                .then(() -> bank.withdraw("food", 21))
                .then(() -> bank.withdraw("food", 20))
                .then(() -> bank.deposit("food", 1))
                .then(() -> bank.balance("rent"))
                .then(() -> bank.total())
                .inTurn())
        .as("what ten threads were told that used one bank one after the other")
        .containsExactly(null, null, true, true, null, false, true, null, 85L, 86L);
  }

  @Check(points = 5, title = "what makes no sense is refused and changes nothing")
  void refusesNonsense() {
    Bank bank = new Solution();
    bank.open("rich", Long.MAX_VALUE - 10);
    bank.open("poor", 10);

    refuses(bank, "open(poor, 5)", IllegalArgumentException.class, () -> bank.open("poor", 5));
    refuses(bank, "open(new, -1)", IllegalArgumentException.class, () -> bank.open("new", -1));
    refuses(bank, "balance(new)", IllegalArgumentException.class, () -> bank.balance("new"));
    refuses(
        bank, "deposit(poor, -1)", IllegalArgumentException.class, () -> bank.deposit("poor", -1));
    refuses(
        bank,
        "deposit(nobody, 1)",
        IllegalArgumentException.class,
        () -> bank.deposit("nobody", 1));
    refuses(
        bank,
        "withdraw(poor, -1)",
        IllegalArgumentException.class,
        () -> bank.withdraw("poor", -1));
    refuses(
        bank,
        "withdraw(poor, the least long)",
        IllegalArgumentException.class,
        () -> bank.withdraw("poor", Long.MIN_VALUE));
    refuses(
        bank,
        "withdraw(nobody, 0)",
        IllegalArgumentException.class,
        () -> bank.withdraw("nobody", 0));
    refuses(
        bank,
        "transfer(rich, poor, -1)",
        IllegalArgumentException.class,
        () -> bank.transfer("rich", "poor", -1));
    refuses(
        bank,
        "transfer(poor, nobody, 1)",
        IllegalArgumentException.class,
        () -> bank.transfer("poor", "nobody", 1));
    refuses(
        bank,
        "transfer(nobody, poor, 0)",
        IllegalArgumentException.class,
        () -> bank.transfer("nobody", "poor", 0));
    refuses(bank, "open(null, 1)", NullPointerException.class, () -> bank.open(null, 1));
    refuses(bank, "deposit(null, 1)", NullPointerException.class, () -> bank.deposit(null, 1));
    refuses(bank, "withdraw(null, 1)", NullPointerException.class, () -> bank.withdraw(null, 1));
    refuses(bank, "balance(null)", NullPointerException.class, () -> bank.balance(null));
    refuses(
        bank,
        "transfer(null, poor, 1)",
        NullPointerException.class,
        () -> bank.transfer(null, "poor", 1));
    refuses(
        bank,
        "transfer(poor, null, 1)",
        NullPointerException.class,
        () -> bank.transfer("poor", null, 1));
    refuses(
        bank,
        "transfer(poor, rich, 1, null)",
        NullPointerException.class,
        () -> bank.transfer("poor", "rich", 1, null));
    refuses(bank, "deposit(rich, 11)", ArithmeticException.class, () -> bank.deposit("rich", 11));
    refuses(
        bank,
        "deposit(poor, the greatest long)",
        ArithmeticException.class,
        () -> bank.deposit("poor", Long.MAX_VALUE));
    bank.deposit("rich", 5);
    AtomicInteger audits = new AtomicInteger();
    refuses(
        bank,
        "transfer(poor, rich, 6)",
        ArithmeticException.class,
        () -> bank.transfer("poor", "rich", 6, audits::incrementAndGet),
        Long.MAX_VALUE - 5);
    assertThat(audits).as("audits of a transfer that was refused").hasValue(0);
    mustThrow("total() beyond what a long can hold", ArithmeticException.class, bank::total);
  }

  @Check(
      points = 5,
      title = "no account is ever overdrawn",
      hint = "Is what you checked still true when you take the money?")
  @Explored
  void neverOverdraws() throws Exception {
    Bank bank = new Solution();
    bank.open("shared", 100);
    bank.open("first", 0);
    bank.open("second", 0);
    try (Gate audit = Gate.at("the audit of a transfer of everything");
        var transfer = Crowd.of(1, () -> bank.transfer("shared", "first", 100, audit::pass))) {
      audit.awaitArrivals(1);
      try (var late = Crowd.of(1, () -> bank.transfer("shared", "second", 100));
          var withdrawal = Crowd.of(1, () -> bank.withdraw("shared", 100))) {
        settle(late);
        settle(withdrawal);
        audit.open();
        assertThat(transfer.allFinish().results().getFirst())
            .as("whether the transfer that came first happened")
            .isTrue();
        assertThat(late.allFinish().results().getFirst())
            .as("whether a second transfer of the same money happened")
            .isFalse();
        assertThat(withdrawal.allFinish().results().getFirst())
            .as("whether the same money was withdrawn as well")
            .isFalse();
      }
    }
    mustHold(bank, "shared", 0, "after everything was transferred once");
    mustHold(bank, "first", 100, "after it was given everything");
    mustHold(bank, "second", 0, "after it was given nothing");
  }

  @Check(
      points = 10,
      title = "nobody sees or changes an account while a transfer holds it",
      hint = "Which of your methods use an account without holding it?")
  @Explored
  void holdsBothDuringAudit() throws Exception {
    Bank bank = new Solution();
    bank.open("rent", 100);
    bank.open("food", 100);
    bank.open("other", 100);
    try (Gate audit = Gate.at("the audit of a transfer");
        var transfer = Crowd.of(1, () -> bank.transfer("rent", "food", 40, audit::pass))) {
      audit.awaitArrivals(1);
      try (var readsFrom = Crowd.of(1, () -> bank.balance("rent"));
          var readsTo = Crowd.of(1, () -> bank.balance("food"));
          var adds = Crowd.of(1, () -> bank.total());
          var deposits = Crowd.of(1, () -> bank.deposit("food", 0));
          var withdraws = Crowd.of(1, () -> bank.withdraw("rent", 0));
          var takes = Crowd.of(1, () -> bank.transfer("food", "other", 0));
          var gives = Crowd.of(1, () -> bank.transfer("other", "rent", 0))) {
        mustWait(readsFrom, "balance of the account that pays");
        mustWait(readsTo, "balance of the account that is paid");
        mustWait(adds, "total");
        mustWait(deposits, "deposit to the account that is paid");
        mustWait(withdraws, "withdraw from the account that pays");
        mustWait(takes, "transfer from the account that is paid");
        mustWait(gives, "transfer to the account that pays");
        audit.open();
        transfer.allFinish();
        assertThat(readsFrom.allFinish().results().getFirst())
            .as("balance of the account that paid, asked for during the transfer")
            .isEqualTo(60);
        assertThat(readsTo.allFinish().results().getFirst())
            .as("balance of the account that was paid, asked for during the transfer")
            .isEqualTo(140);
        assertThat(adds.allFinish().results().getFirst())
            .as("total asked for during the transfer")
            .isEqualTo(300);
        deposits.allFinish();
        withdraws.allFinish();
        takes.allFinish();
        gives.allFinish();
      }
    }
  }

  @Check(
      points = 10,
      title = "accounts are free again however a call ends",
      hint = "Follow every way out of the code between lock and unlock.")
  void releasesAccounts() throws Exception {
    Bank bank = new Solution();
    bank.open("rent", 100);
    bank.open("food", 100);
    bank.open("full", Long.MAX_VALUE);

    assertThat(bank.transfer("rent", "food", 101)).as("whether 101 of 100 could go").isFalse();
    mustBeFree(bank, "a transfer without enough money");
    assertThat(bank.withdraw("rent", 101)).as("whether 101 of 100 could be had").isFalse();
    mustBeFree(bank, "a withdrawal without enough money");
    for (Throwable thrown :
        new Throwable[] {new IllegalStateException("refused"), new StoppedError("stopped")}) {
      assertThatThrownBy(
              () -> bank.transfer("rent", "food", 60, () -> sneak(thrown)),
              "a transfer whose audit throws, which must throw the same")
          .isSameAs(thrown);
      mustBeFree(bank, "an audit that threw");
      mustHold(bank, "rent", 100, "after a transfer whose audit threw");
      mustHold(bank, "food", 100, "after a transfer whose audit threw");
    }
    mustThrow(
        "a transfer to a full account",
        ArithmeticException.class,
        () -> bank.transfer("rent", "full", 1));
    mustBeFree(bank, "a transfer to a full account");
    mustThrow(
        "a deposit that does not fit",
        ArithmeticException.class,
        () -> bank.deposit("food", Long.MAX_VALUE));
    mustBeFree(bank, "a deposit that did not fit");
    mustThrow("a total that does not fit", ArithmeticException.class, bank::total);
    mustBeFree(bank, "a total that did not fit");
  }

  @Check(points = 5, title = "a transfer within one account is a transfer that moves nothing")
  @Explored
  void selfTransfer() throws Exception {
    Bank bank = new Solution();
    bank.open("rent", 100);
    AtomicInteger audits = new AtomicInteger();
    try (var enough =
        Crowd.of(1, () -> bank.transfer("rent", "rent", 100, audits::incrementAndGet))) {
      assertThat(enough.allFinish().results().getFirst())
          .as("whether 100 of 100 could go from an account to itself")
          .isTrue();
    }
    assertThat(audits).as("audits of one transfer").hasValue(1);
    mustHold(bank, "rent", 100, "after a transfer to itself");
    try (var tooMuch =
        Crowd.of(1, () -> bank.transfer("rent", "rent", 101, audits::incrementAndGet))) {
      assertThat(tooMuch.allFinish().results().getFirst())
          .as("whether 101 of 100 could go from an account to itself")
          .isFalse();
    }
    assertThat(audits).as("audits after a transfer that did not happen").hasValue(1);
    mustHold(bank, "rent", 100, "after a transfer that did not happen");
    bank.deposit("rent", Long.MAX_VALUE - 100);
    try (var full = Crowd.of(1, () -> bank.transfer("rent", "rent", 1))) {
      assertThat(full.allFinish().results().getFirst())
          .as("whether 1 could go from a full account to itself")
          .isTrue();
    }
    mustHold(bank, "rent", Long.MAX_VALUE, "after a transfer to itself");
  }

  @Check(
      points = 10,
      title = "transfers without an account in common run at the same time",
      hint = "How much does a transfer lock that it does not need?")
  void disjointTransfersMeet() throws Exception {
    for (int size : Effort.crowds()) {
      Bank bank = new Solution();
      for (int i = 0; i < 2 * size; i++) {
        bank.open("account " + i, 10);
      }
      Meeting audits =
          Meeting.of(size, "the audits of a crowd of %d separate transfers".formatted(size));
      try (var transfers =
          Crowd.numbered(
              size,
              i ->
                  bank.transfer("account " + 2 * i, "account " + (2 * i + 1), 7, audits::attend))) {
        transfers.allFinish();
      }
      audits.mustHaveHappened();
      assertThat(bank.total())
          .as("the total after a crowd of %d transfers", size)
          .isEqualTo(20L * size);
      for (int i = 0; i < size; i++) {
        mustHold(bank, "account " + 2 * i, 3, "after it paid 7 of 10");
        mustHold(bank, "account " + (2 * i + 1), 17, "after it had 10 and was paid 7");
      }
    }
  }

  @Check(
      points = 7,
      title = "transfers in opposite directions never wait for each other for ever",
      hint = "In which order does each of two opposite transfers take its accounts?")
  @Explored
  void oppositeTransfersFinish() throws Exception {
    cross("ann", "bob");
    cross("bob", "ann");
    // Names that differ though nearly all one can compute from them is the same.
    cross("Aa", "BB");
    cross("BB", "Aa");
    crossWhatWasJustOpened();
  }

  /** Nothing but the bank itself tells these transfers that the account is open. */
  private static void crossWhatWasJustOpened() throws Exception {
    Bank bank = new Solution();
    bank.open("old", 100);
    try (var opens = Crowd.of(1, () -> bank.open("new", 100))) {
      Eventually.holds("an account to be open", () -> isOpen(bank, "new"));
      try (var there = Crowd.of(1, () -> bank.transfer("old", "new", 10));
          var back = Crowd.of(1, () -> bank.transfer("new", "old", 30))) {
        there.allFinish();
        back.allFinish();
      }
      opens.allFinish();
    }
    mustHold(bank, "old", 120, "after it paid 10 and was paid 30");
    mustHold(bank, "new", 80, "after it paid 30 and was paid 10");
  }

  private static boolean isOpen(Bank bank, String account) {
    try {
      bank.balance(account);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Lines up two opposite transfers behind two that hold one account each, and lets these go one
   * after the other: whoever takes the first account that becomes free finds a queue for the
   * second.
   */
  private static void cross(String one, String two) throws Exception {
    Bank bank = new Solution();
    bank.open(one, 100);
    bank.open(two, 100);
    bank.open("three", 100);
    bank.open("four", 100);
    try (Gate auditOfOne = Gate.at("the audit of a transfer from " + one);
        Gate auditOfTwo = Gate.at("the audit of a transfer from " + two);
        var holdsOne = Crowd.of(1, () -> bank.transfer(one, "three", 0, auditOfOne::pass));
        var holdsTwo = Crowd.of(1, () -> bank.transfer(two, "four", 0, auditOfTwo::pass))) {
      auditOfOne.awaitArrivals(1);
      auditOfTwo.awaitArrivals(1);
      try (var there = Crowd.of(1, () -> bank.transfer(one, two, 10));
          var back = Crowd.of(1, () -> bank.transfer(two, one, 30))) {
        mustWait(there, "transfer between two held accounts");
        mustWait(back, "transfer between two held accounts");
        auditOfOne.open();
        holdsOne.allFinish();
        mustWait(there, "transfer that needs an account still held");
        mustWait(back, "transfer that needs an account still held");
        auditOfTwo.open();
        holdsTwo.allFinish();
        there.allFinish();
        back.allFinish();
      }
    }
    mustHold(bank, one, 120, "after it paid 10 and was paid 30");
    mustHold(bank, two, 80, "after it paid 30 and was paid 10");
  }

  @Check(
      points = 5,
      title = "a total and a transfer never wait for each other for ever",
      hint = "Does everybody who takes several accounts take them in the same order?")
  @Explored
  void totalStopsNobody() throws Exception {
    crossTotal("ann", "bob");
    crossTotal("bob", "ann");
  }

  private static void crossTotal(String opened, String openedNext) throws Exception {
    Bank bank = new Solution();
    bank.open(opened, 100);
    bank.open(openedNext, 100);
    bank.open("three", 100);
    bank.open("two", 100);
    try (Gate audit = Gate.at("the audit of a transfer from " + opened);
        Gate nextAudit = Gate.at("the audit of a transfer from " + openedNext);
        var holds = Crowd.of(1, () -> bank.transfer(opened, "three", 0, audit::pass));
        var holdsNext = Crowd.of(1, () -> bank.transfer(openedNext, "two", 0, nextAudit::pass))) {
      audit.awaitArrivals(1);
      nextAudit.awaitArrivals(1);
      try (var total = Crowd.of(1, () -> bank.total())) {
        mustWait(total, "total while accounts are held");
        try (var transfer = Crowd.of(1, () -> bank.transfer(opened, openedNext, 10))) {
          mustWait(transfer, "transfer between two held accounts");
          audit.open();
          holds.allFinish();
          mustWait(total, "total while an account is held");
          mustWait(transfer, "transfer that needs an account still held");
          nextAudit.open();
          holdsNext.allFinish();
          assertThat(total.allFinish().results().getFirst()).as("the total").isEqualTo(400);
          transfer.allFinish();
        }
      }
    }
  }

  @Check(
      points = 5,
      title = "money is conserved at every total",
      hint = "What can move between the first account you look at and the last?")
  @Explored
  void totalIsOneMoment() throws Exception {
    Bank bank = new Solution();
    // In order of opening, of name and of hash, so that a total is stopped halfway by those held.
    bank.open("a", 100);
    bank.open("h", 100);
    bank.open("i", 100);
    bank.open("o", 100);
    try (Gate audit = Gate.at("the audit of a transfer");
        var holds = Crowd.of(1, () -> bank.transfer("h", "i", 10, audit::pass))) {
      audit.awaitArrivals(1);
      try (var total = Crowd.of(1, () -> bank.total())) {
        mustWait(total, "total while accounts are held");
        try (var across = Crowd.of(1, () -> bank.transfer("a", "o", 16));
            var fromFirst = Crowd.of(1, () -> openAndFill(bank, "x", "a", 5));
            var fromLast = Crowd.of(1, () -> openAndFill(bank, "y", "o", 7))) {
          settle(across);
          settle(fromFirst);
          settle(fromLast);
          audit.open();
          holds.allFinish();
          assertThat(total.allFinish().results().getFirst())
              .as("the total of four accounts with 100 each, while money moved between them")
              .isEqualTo(400);
          across.allFinish();
          fromFirst.allFinish();
          fromLast.allFinish();
        }
      }
    }
    assertThat(bank.total()).as("the total after all transfers").isEqualTo(400);
  }

  private static void openAndFill(Bank bank, String opened, String from, long cents) {
    bank.open(opened, 0);
    bank.transfer(from, opened, cents);
  }

  @Check(
      points = 10,
      title = "every concurrent history has a sequential explanation",
      hint = "Is there a moment at which the money is in neither account, or in both?")
  @Explored
  void linearizable() {
    Linearizability.of(Operations.class)
        .beginningWith("new Solution()", "open(a, 2)", "open(b, 1)")
        .concurrently("transferFromAToB(1)", "total()")
        .concurrently("transferFromAToB(2)", "transferFromBToA(1)")
        .concurrently("transferFromBToA(1)", "total()")
        .concurrently("transferFromAToB(2)", "withdrawFromA()")
        .then("total()")
        .concurrently("depositToA()", "depositToA()")
        .then("total()")
        .concurrently("depositToA()", "transferFromAToB(2)")
        .then("total()")
        .against(SequentialBank.class);
  }

  /** A bank with two accounts. */
  public static final class Operations {

    private final Bank bank = new Solution();

    public Operations() {
      bank.open("a", 2);
      bank.open("b", 1);
    }

    @Operation
    public boolean transferFromAToB(@Param(gen = IntGen.class, conf = "1:2") int cents) {
      return bank.transfer("a", "b", cents);
    }

    @Operation
    public boolean transferFromBToA(@Param(gen = IntGen.class, conf = "1:2") int cents) {
      return bank.transfer("b", "a", cents);
    }

    @Operation
    public void depositToA() {
      bank.deposit("a", 1);
    }

    @Operation
    public boolean withdrawFromA() {
      return bank.withdraw("a", 2);
    }

    @Operation
    public long total() {
      return bank.total();
    }
  }

  /** What such a bank does for one caller. */
  public static final class SequentialBank {

    private long a = 2;
    private long b = 1;

    public boolean transferFromAToB(int cents) {
      boolean enough = a >= cents;
      a -= enough ? cents : 0;
      b += enough ? cents : 0;
      return enough;
    }

    public boolean transferFromBToA(int cents) {
      boolean enough = b >= cents;
      b -= enough ? cents : 0;
      a += enough ? cents : 0;
      return enough;
    }

    public void depositToA() {
      a++;
    }

    public boolean withdrawFromA() {
      boolean enough = a >= 2;
      a -= enough ? 2 : 0;
      return enough;
    }

    public long total() {
      return a + b;
    }
  }

  @Check(points = 5, title = "an interrupt neither stops a transfer nor is forgotten")
  @Explored
  void keepsInterrupts() throws Exception {
    Bank bank = new Solution();
    bank.open("rent", 100);
    bank.open("food", 0);
    try (Gate audit = Gate.at("the audit of a transfer");
        var holds = Crowd.of(1, () -> bank.transfer("rent", "food", 10, audit::pass))) {
      audit.awaitArrivals(1);
      try (var interrupted =
          Crowd.of(
              1,
              () -> {
                boolean moved = bank.transfer("rent", "food", 20);
                return "%s, interrupt %s"
                    .formatted(
                        moved ? "moved" : "not moved",
                        Thread.currentThread().isInterrupted() ? "still set" : "forgotten");
              })) {
        mustWait(interrupted, "transfer between held accounts");
        interrupted.interruptAll();
        settle(interrupted);
        audit.open();
        holds.allFinish();
        assertThat(interrupted.allFinish().results().getFirst())
            .as("a transfer that was interrupted while it waited")
            .isEqualTo("moved, interrupt still set");
      }
    }
    mustHold(bank, "rent", 70, "after it paid 10 and 20");
    mustHold(bank, "food", 30, "after it was paid 10 and 20");
  }

  private static void mustHold(Bank bank, String account, long cents, String when) {
    assertThat(bank.balance(account)).as("balance of '%s' %s", account, when).isEqualTo(cents);
  }

  private static void refuses(
      Bank bank, String call, Class<? extends Exception> exception, ThrowingCallable refused) {
    refuses(bank, call, exception, refused, Long.MAX_VALUE - 10);
  }

  private static void refuses(
      Bank bank,
      String call,
      Class<? extends Exception> exception,
      ThrowingCallable refused,
      long rich) {
    mustThrow(call, exception, refused);
    mustHold(bank, "rich", rich, "after %s was refused".formatted(call));
    mustHold(bank, "poor", 10, "after %s was refused".formatted(call));
  }

  private static void mustThrow(
      String call, Class<? extends Exception> exception, ThrowingCallable refused) {
    assertThatThrownBy(refused, "%s, which must throw %s", call, exception.getSimpleName())
        .isInstanceOf(exception);
  }

  private static void mustBeFree(Bank bank, String after) throws InterruptedException {
    try (var somebody =
        Crowd.of(
            1,
            () ->
                bank.transfer("rent", "food", 1)
                    && bank.transfer("food", "rent", 1)
                    && bank.transfer("full", "food", 1)
                    && bank.transfer("food", "full", 1))) {
      assertThat(somebody.allFinish().results().getFirst())
          .as("whether another thread could transfer money after %s", after)
          .isTrue();
    }
  }

  private static void mustWait(Crowd<?> caller, String call) throws InterruptedException {
    settle(caller);
    assertThat(caller.finished())
        .as("whether the %s returned while a transfer held an account it needs (1: yes)", call)
        .isZero();
  }

  /** Waits until the one thread of this crowd has finished or waits. */
  private static void settle(Crowd<?> caller) throws InterruptedException {
    try {
      caller.allBlock();
    } catch (AssertionError e) {
      if (caller.finished() == 0) {
        throw e;
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** An error that is nobody's but ours. */
  private static final class StoppedError extends Error {
    private static final long serialVersionUID = 1L;

    StoppedError(String message) {
      super(message);
    }
  }
}
