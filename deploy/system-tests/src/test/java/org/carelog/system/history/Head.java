package org.carelog.system.history;

import java.time.Instant;

/** The current version of a resource, as a service has it in its database. */
public record Head(Version version, boolean deleted, Instant lastUpdated, String patient) {}
