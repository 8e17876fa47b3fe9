public class Racy {

  static int value;

  public static void main(String[] args) throws Exception {
    Thread writer = new Thread(() -> value = 1, "writer");
    writer.start();
    int seen = value;
    writer.join();
    System.out.println("done " + (seen <= 1));
    System.exit(args.length);
  }

  static final Object INITIALISED = new Object();
}
