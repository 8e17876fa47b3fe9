package org.katagrade.races;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Builders and formats of text. */
final class Texts {

  private String text = "";

  private Texts() {}

  @Racy
  static void builderAppendedByBoth(Fork fork) throws InterruptedException {
    StringBuilder log = new StringBuilder();
    Runnable append = () -> log.append("line\n"); // race: builderAppendedByBoth
    TwoThreads.inTurn(fork, append, append);
  }

  @Racy
  static void builderPrintedBesideAnAppend(Fork fork) throws InterruptedException {
    StringBuilder log = new StringBuilder("log");
    Texts result = new Texts();
    TwoThreads.inTurn(
        fork,
        () -> log.insert(0, "new "), // race: builderPrintedBesideAnAppend
        () -> result.text = log.toString()); // race: builderPrintedBesideAnAppend
  }

  @RaceFree("JLS 17.4.5: the builder is used only under its monitor")
  static void builderUnderItsMonitor(Fork fork) throws InterruptedException {
    StringBuilder log = new StringBuilder();
    Runnable append =
        () -> {
          synchronized (log) {
            log.append('a').append(1).append("b");
            log.setLength(log.length() - 1);
          }
        };
    TwoThreads.together(fork, append, append);
    if (!log.toString().equals("a1a1")) {
      throw new AssertionError(log);
    }
  }

  @RaceFree("StringBuffer: safe for use by multiple threads")
  static void bufferAppendedByBoth(Fork fork) throws InterruptedException {
    StringBuffer log = new StringBuffer();
    Runnable append =
        () -> {
          for (int i = 0; i < 10; i++) {
            log.append("ab").append(log.length() % 2);
          }
        };
    TwoThreads.together(fork, append, append);
    if (log.length() != 60) {
      throw new AssertionError(log);
    }
  }

  @RaceFree("JLS 17.4.5: each thread has a builder of its own")
  static void builderEach(Fork fork) throws InterruptedException {
    Texts one = new Texts();
    Texts other = new Texts();
    TwoThreads.together(fork, () -> one.text = countTo(5), () -> other.text = countTo(3));
    if (!one.text.startsWith(other.text)) {
      throw new AssertionError(one.text);
    }
  }

  private static String countTo(int limit) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < limit; i++) {
      text.append(i);
    }
    return text.toString();
  }

  @Racy
  static void joinerUsedByBoth(Fork fork) throws InterruptedException {
    StringJoiner names = new StringJoiner(", ");
    TwoThreads.inTurn(
        fork,
        () -> names.add("ann"), // race: joinerUsedByBoth
        () -> names.add("bob")); // race: joinerUsedByBoth
  }

  private static SimpleDateFormat days() {
    return new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT);
  }

  @Racy
  static void dateFormatUsedByBoth(Fork fork) throws InterruptedException {
    SimpleDateFormat format = days();
    Date day = new Date(0);
    Texts one = new Texts();
    Texts other = new Texts();
    TwoThreads.inTurn(
        fork,
        () -> one.text = format.format(day), // race: dateFormatUsedByBoth
        () -> other.text = format.format(day)); // race: dateFormatUsedByBoth
  }

  @Racy
  static void dateParsedByBoth(Fork fork) throws InterruptedException {
    SimpleDateFormat format = days();
    Runnable parse =
        () -> {
          try {
            new Texts().text += format.parse("2024-02-29"); // race: dateParsedByBoth
          } catch (ParseException e) {
            throw new IllegalStateException(e);
          }
        };
    TwoThreads.inTurn(fork, parse, parse);
  }

  @RaceFree("SimpleDateFormat: must be synchronized externally, and is")
  static void dateFormatUnderItsMonitor(Fork fork) throws InterruptedException {
    SimpleDateFormat format = days();
    Texts one = new Texts();
    Texts other = new Texts();
    Date day = new Date(0);
    TwoThreads.together(
        fork,
        () -> {
          synchronized (format) {
            one.text = format.format(day);
          }
        },
        () -> {
          synchronized (format) {
            other.text = format.format(day);
          }
        });
    if (!one.text.equals(other.text)) {
      throw new AssertionError(one.text);
    }
  }

  @RaceFree("ThreadLocal: each thread has its own copy of the variable")
  static void dateFormatPerThread(Fork fork) throws InterruptedException {
    ThreadLocal<SimpleDateFormat> format = ThreadLocal.withInitial(Texts::days);
    Texts one = new Texts();
    Texts other = new Texts();
    TwoThreads.together(
        fork,
        () -> one.text = format.get().format(new Date(0)),
        () -> other.text = format.get().format(new Date(0)));
    if (!one.text.equals(other.text)) {
      throw new AssertionError(one.text);
    }
  }

  @RaceFree("DateTimeFormatter: immutable and thread-safe")
  static void formatterUsedByBoth(Fork fork) throws InterruptedException {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT);
    Texts one = new Texts();
    Texts other = new Texts();
    TwoThreads.together(
        fork,
        () -> one.text = format.format(LocalDate.of(2024, 2, 29)),
        () -> other.text = LocalDate.parse("29.02.2024", format).toString());
    if (!one.text.equals("29.02.2024") || !other.text.equals("2024-02-29")) {
      throw new AssertionError(one.text);
    }
  }

  @Racy
  static void decimalFormatUsedByBoth(Fork fork) throws InterruptedException {
    DecimalFormat format = new DecimalFormat("0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
    Texts one = new Texts();
    Texts other = new Texts();
    TwoThreads.inTurn(
        fork,
        () -> one.text = format.format(1.5), // race: decimalFormatUsedByBoth
        () -> other.text = format.format(2.5)); // race: decimalFormatUsedByBoth
  }

  @RaceFree("Random: instances are threadsafe")
  static void randomUsedByBoth(Fork fork) throws InterruptedException {
    Random random = new Random(1);
    Texts one = new Texts();
    Texts other = new Texts();
    TwoThreads.together(
        fork, () -> one.text += random.nextInt(10), () -> other.text += random.nextInt(10));
    if (one.text.length() != 1 || other.text.length() != 1) {
      throw new AssertionError(one.text);
    }
  }

  @RaceFree("JLS 17.4.5: the field that holds the immutable text is used under one monitor")
  static void stringReplacedUnderTheMonitor(Fork fork) throws InterruptedException {
    Texts shared = new Texts();
    Runnable append =
        () -> {
          synchronized (shared) {
            shared.text += "x";
          }
        };
    TwoThreads.together(fork, append, append);
    if (!shared.text.equals("xx")) {
      throw new AssertionError(shared.text);
    }
  }

  @Racy
  static void stringReplacedByBoth(Fork fork) throws InterruptedException {
    Texts shared = new Texts();
    Runnable append = () -> shared.text += "x"; // race: stringReplacedByBoth
    TwoThreads.together(fork, append, append);
  }

  @Racy
  static void textOfCharactersBesideAWrite(Fork fork) throws InterruptedException {
    char[] characters = {'a', 'b'};
    String[] text = new String[1];
    TwoThreads.inTurn(
        fork,
        () -> characters[1] = 'c', // race: textOfCharactersBesideAWrite
        () -> text[0] = new String(characters)); // race: textOfCharactersBesideAWrite
  }

  @Racy
  static void valueOfCharactersBesideAWrite(Fork fork) throws InterruptedException {
    char[] characters = {'a', 'b'};
    String[] text = new String[1];
    TwoThreads.inTurn(
        fork,
        () -> characters[1] = 'c', // race: valueOfCharactersBesideAWrite
        () -> text[0] = String.valueOf(characters)); // race: valueOfCharactersBesideAWrite
  }

  @Racy
  static void textOfBytesBesideAWrite(Fork fork) throws InterruptedException {
    byte[] bytes = {97, 98, 99};
    String[] text = new String[1];
    TwoThreads.inTurn(
        fork,
        () -> bytes[1] = 100, // race: textOfBytesBesideAWrite
        () -> text[0] = new String(bytes, 1, 2, UTF_8)); // race: textOfBytesBesideAWrite
  }

  @RaceFree("JLS 17.6: different elements are different variables")
  static void textsOfOtherCharacters(Fork fork) throws InterruptedException {
    char[] characters = {'a', 'b', 'c', 'd'};
    String[] texts = new String[2];
    TwoThreads.together(
        fork,
        () -> {
          characters[3] = 'x';
          texts[0] = String.copyValueOf(characters, 2, 2);
        },
        () -> {
          characters[0] = 'x';
          texts[1] = new String(characters, 0, 2);
        });
  }
}
