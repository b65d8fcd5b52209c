package org.carelog.records.store;

/** A version and the key of its resource's head. */
public record KeyedVersion(long key, StoredVersion version) {}
