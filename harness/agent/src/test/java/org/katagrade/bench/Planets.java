package org.katagrade.bench;

import java.util.List;

/** The outer planets, as bodies that attract each other: nothing but fields. */
final class Planets {

  private static final double STEP = 0.01;

  private final List<Body> bodies =
      List.of(
          new Body(39.47, 0, 0, 0, 0),
          new Body(0.0377, 4.84, -1.16, 0.606, 2.811),
          new Body(0.0113, 8.343, 4.125, -1.0107, 1.8256),
          new Body(0.0017, 12.894, -15.111, 1.0827, 0.8687),
          new Body(0.002, 15.379, -25.919, 0.979, 0.5946));

  private static final class Body {

    final double mass;
    double x;
    double y;
    double speedX;
    double speedY;

    Body(double mass, double x, double y, double speedX, double speedY) {
      this.mass = mass;
      this.x = x;
      this.y = y;
      this.speedX = speedX;
      this.speedY = speedY;
    }

    void move() {
      x += STEP * speedX;
      y += STEP * speedY;
    }
  }

  /** Moves them so many times; returns where the innermost is then. */
  double move(int steps) {
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < bodies.size(); i++) {
        for (int j = i + 1; j < bodies.size(); j++) {
          attract(bodies.get(i), bodies.get(j));
        }
      }
      bodies.forEach(Body::move);
    }
    return bodies.get(1).x;
  }

  private static void attract(Body one, Body other) {
    double dx = one.x - other.x;
    double dy = one.y - other.y;
    double square = dx * dx + dy * dy;
    double pull = STEP / (square * Math.sqrt(square));
    one.speedX -= dx * other.mass * pull;
    one.speedY -= dy * other.mass * pull;
    other.speedX += dx * one.mass * pull;
    other.speedY += dy * one.mass * pull;
  }
}
