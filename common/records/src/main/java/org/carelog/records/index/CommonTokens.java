package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.carelog.sql.Sql;

/**
 * Which tokens many resources have, as PostgreSQL's statistics know them: some thousands, as of the last minute. Of all others the
 * planner has no number, and takes each for a two-hundredth of all rows; what is not here is on a few, and need not be left to
 * it. Thread-safe.
 */
@Singleton
class CommonTokens {
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    private final Sql sql;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Known known;

    CommonTokens(Sql sql) {
        this.sql = sql;
    }

    /** @param tokens empty: there are no statistics yet, and the tables are as small */
    private record Known(Set<Long> tokens, long until) {
        boolean isOld() {
            return System.nanoTime() - until > 0;
        }
    }

    /** Whether few resources have one of these, for certain. */
    boolean areRare(Collection<Long> anyOf) {
        Set<Long> common = common();
        return !common.isEmpty() && anyOf.stream().noneMatch(common::contains);
    }

    private Set<Long> common() {
        Known now = known;
        if (now == null || now.isOld()) {
            // one reads it; others go on with what was known, if anything was
            if (now == null) {
                reading.lock();
            } else if (!reading.tryLock()) {
                return now.tokens();
            }
            try {
                if (known == now) {
                    known = read();
                }
            } finally {
                reading.unlock();
            }
        }
        return known.tokens();
    }

    private Known read() {
        Set<Long> tokens = sql.list("""
                select unnest(most_common_elems::text::bigint[]) from pg_stats
                where schemaname = current_schema() and tablename = 'resource_token' and attname = 'tokens'
                """, row -> row.getLong(1)).stream().collect(Collectors.toUnmodifiableSet());
        Duration fresh = tokens.isEmpty() ? UNKNOWN_FOR : KNOWN_FOR;
        return new Known(tokens, System.nanoTime() + fresh.toNanos());
    }
}
