package org.katagrade.races;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Handlers of an {@link HttpServer} and those who ask it: a socket orders nothing. */
final class HttpHandlers {

  private int value;
  private int seen;

  private HttpHandlers() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static HttpServer server(ExecutorService pool, Runnable handler) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(pool);
    server.createContext(
        "/",
        exchange -> {
          handler.run();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static HttpRequest request(HttpServer server) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
        .build();
  }

  private static HttpClient client(ExecutorService pool) {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(pool).build();
  }

  @RaceFree("AtomicInteger; CompletionStage: a stage is executed when those before it complete")
  static void countedByTheHandler(Fork fork) throws Exception {
    AtomicInteger handled = new AtomicInteger();
    HttpHandlers sum = new HttpHandlers();
    try (ExecutorService serving = Executors.newFixedThreadPool(2, fork::thread);
        ExecutorService calling = Executors.newFixedThreadPool(2, fork::thread);
        HttpClient client = client(calling)) {
      HttpServer server = server(serving, handled::incrementAndGet);
      try {
        List<CompletableFuture<HttpHandlers>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          answers.add(
              client
                  .sendAsync(request(server), HttpResponse.BodyHandlers.discarding())
                  .thenApplyAsync(
                      response -> {
                        HttpHandlers answer = new HttpHandlers();
                        answer.value = response.statusCode();
                        return answer;
                      },
                      calling));
        }
        for (CompletableFuture<HttpHandlers> answer : answers) {
          sum.value += answer.join().value;
        }
      } finally {
        server.stop(0);
      }
    }
    expect(3 * 204, sum.value);
    expect(3, handled.get());
  }

  @Racy
  static void writtenBeforeTheAnswer(Fork fork) throws Exception {
    HttpHandlers shared = new HttpHandlers();
    try (ExecutorService serving = Executors.newFixedThreadPool(2, fork::thread);
        ExecutorService calling = Executors.newFixedThreadPool(2, fork::thread);
        HttpClient client = client(calling)) {
      HttpServer server = server(serving, () -> shared.value = 5); // race: writtenBeforeTheAnswer
      try {
        expect(
            204, client.send(request(server), HttpResponse.BodyHandlers.discarding()).statusCode());
        shared.seen = shared.value; // race: writtenBeforeTheAnswer
      } finally {
        server.stop(0);
      }
    }
  }
}
