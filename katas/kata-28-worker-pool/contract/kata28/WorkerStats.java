package kata28;

/**
 * What one worker has done so far.
 *
 * @param worker its number, from 0, in the order in which workers were hired
 * @param done how many of its jobs returned
 * @param failed how many of its jobs threw
 */
public record WorkerStats(int worker, long done, long failed) {}
