package org.katagrade.libraries;

/** A library that others wrote, and a workload that uses it as its users do. */
public enum Library {
  CAFFEINE(CaffeineWorkload::run, 20_000),
  COMMONS_POOL(CommonsPool2Workload::run, 5_000),
  GUAVA(GuavaWorkload::run, 5_000),
  HIKARI_AND_H2(HikariH2Workload::run, 400),
  JCTOOLS(JcToolsWorkload::run, 5_000),
  JOX(JoxWorkload::run, 5_000),
  RESILIENCE4J(Resilience4jWorkload::run, 5_000);

  private interface Workload {
    void run() throws Exception;
  }

  private final Workload workload;
  private final int checks;

  Library(Workload workload, int checks) {
    this.workload = workload;
    this.checks = checks;
  }

  /** How often, at least, the workload of one round finds what it expects. */
  public int checks() {
    return checks;
  }

  /** Runs the workload of the library with this name, and says how much it checked. */
  public static void main(String[] name) throws Exception {
    valueOf(name[0]).workload.run();
    System.out.println("checks that held: " + Team.checks());
  }
}
