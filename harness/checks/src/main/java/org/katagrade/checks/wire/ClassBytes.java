package org.katagrade.checks.wire;

/**
 * A compiled class.
 *
 * @param name its binary name
 * @param bytes the class file; not copied, treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // a class file is bytes; nobody compares two of them
public record ClassBytes(String name, byte[] bytes) {}
