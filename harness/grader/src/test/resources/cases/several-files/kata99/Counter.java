package kata99;

final class Counter {

  private Counter() {}

  static int next(Solution solution) {
    return ++solution.entered;
  }
}
