package org.katagrade.races;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;

/** {@link HttpClient#sendAsync} and its callbacks. */
final class HttpCalls {

  private int statuses;
  private String body = "";

  private HttpCalls() {}

  @RaceFree("CompletionStage: a stage is executed when the one that it depends on completes")
  static void callbacksOfAResponse(Fork fork) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] answer = "hello".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    HttpCalls calls = new HttpCalls();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread);
        HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(pool).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
              .build();
      CompletableFuture<Void> done =
          client
              .sendAsync(request, HttpResponse.BodyHandlers.ofString())
              .thenApply(
                  response -> {
                    calls.statuses += response.statusCode();
                    return response.body();
                  })
              .thenAccept(text -> calls.body += text);
      done.join();
    } finally {
      server.stop(0);
    }
    if (calls.statuses != 200 || !calls.body.equals("hello")) {
      throw new AssertionError(calls.statuses + calls.body);
    }
  }
}
