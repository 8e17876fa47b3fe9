package kata99;

final class Turn {}
