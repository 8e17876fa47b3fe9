package kata04;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of the README. */
class SampleTest {

  @Test
  void movesMoney() {
    Bank bank = new Solution();
    bank.open("rent", 500);
    bank.open("food", 0);

    assertTrue(bank.transfer("rent", "food", 200));
    assertEquals(300, bank.balance("rent"));
    assertEquals(200, bank.balance("food"));
    assertEquals(500, bank.total());
  }

  @Test
  void movesNothingWithoutEnough() {
    Bank bank = new Solution();
    bank.open("rent", 500);
    bank.open("food", 0);

    assertFalse(bank.transfer("rent", "food", 501));
    assertEquals(500, bank.balance("rent"));
    assertEquals(0, bank.balance("food"));
  }

  @Test
  void auditsWhatMoves() {
    Bank bank = new Solution();
    bank.open("rent", 500);
    bank.open("food", 0);
    List<String> audited = new ArrayList<>();

    bank.transfer("rent", "food", 200, () -> audited.add("200 to food"));
    bank.transfer("rent", "food", 900, () -> audited.add("900 to food"));
    assertEquals(List.of("200 to food"), audited);
  }

  @Test
  void anAuditThatThrowsStopsTheTransfer() {
    Bank bank = new Solution();
    bank.open("rent", 500);
    bank.open("food", 0);

    assertThrows(
        IllegalStateException.class,
        () ->
            bank.transfer(
                "rent",
                "food",
                200,
                () -> {
                  throw new IllegalStateException("over the limit");
                }));
    assertEquals(500, bank.balance("rent"));
    assertEquals(0, bank.balance("food"));
  }

  @Test
  void oppositeTransfersFinish() throws InterruptedException {
    Bank bank = new Solution();
    bank.open("rent", 500);
    bank.open("food", 500);
    Thread there = Thread.ofPlatform().start(() -> repeat(bank, "rent", "food"));
    Thread back = Thread.ofPlatform().start(() -> repeat(bank, "food", "rent"));
    there.join();
    back.join();

    assertEquals(1_000, bank.total());
  }

  private static void repeat(Bank bank, String from, String to) {
    for (int i = 0; i < 1_000; i++) {
      bank.transfer(from, to, 1);
    }
  }
}
