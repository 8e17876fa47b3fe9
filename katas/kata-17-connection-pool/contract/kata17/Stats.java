package kata17;

/**
 * The figures of a pool at one moment.
 *
 * @param maxOpen how many connections may be open at once
 * @param open how many are open or being opened right now: in the hands of callers, idle, or on
 *     their way
 * @param idle how many of those that are open lie in the pool, ready to be handed out
 * @param waiting how many callers stand in line for a connection
 */
public record Stats(int maxOpen, int open, int idle, int waiting) {}
