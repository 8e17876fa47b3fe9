package org.katagrade.libraries;

import static org.katagrade.libraries.Team.check;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** A connection pool in front of a database in memory. */
final class HikariH2Workload {

  private static final int PLATFORM = 4;
  private static final int VIRTUAL = 4;
  private static final int TURNS = 60 * Team.ROUNDS;

  private HikariH2Workload() {}

  static void run() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:bank;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000");
    config.setMaximumPoolSize(3);
    config.setConnectionTimeout(60_000);
    try (HikariDataSource source = new HikariDataSource(config)) {
      try (Connection connection = source.getConnection()) {
        connection.createStatement().execute("create table account(id int primary key, money int)");
        for (int i = 0; i < 5; i++) {
          connection.createStatement().execute("insert into account values(" + i + ", 100)");
        }
      }
      Team.run(
          PLATFORM,
          VIRTUAL,
          who -> {
            for (int i = 0; i < TURNS; i++) {
              try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                move(connection, (i + who) % 4, -1);
                move(connection, (i + who) % 4 + 1, 1);
                connection.commit();
              }
            }
          });
      try (Connection connection = source.getConnection();
          ResultSet sum =
              connection.createStatement().executeQuery("select sum(money) from account")) {
        check(sum.next() && sum.getInt(1) == 500, "money");
      }
    }
  }

  private static void move(Connection connection, int account, int money) throws Exception {
    try (PreparedStatement update =
        connection.prepareStatement("update account set money = money + ? where id = ?")) {
      update.setInt(1, money);
      update.setInt(2, account);
      check(update.executeUpdate() == 1, "one row");
    }
  }
}
