package org.carelog.audit.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.carelog.sql.Sql;

/** What of the ledger is gone, and what may go. Reads only, in the caller's transaction. Thread-safe. */
@Singleton
public final class Retentions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sql sql;

    Retentions(Sql sql) {
        this.sql = sql;
    }

    /**
     * A month of the ledger.
     *
     * @param firstLeaf the index of its first leaf
     */
    public record Month(Instant begins, long firstLeaf) {}

    /** Those that there are, the oldest first. */
    public List<Month> months() {
        return sql.list(
                "select month, first_leaf from ledger_month order by month",
                row -> new Month(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2)));
    }

    /**
     * What is gone.
     *
     * @param run the index of the leaf that says so
     * @param leaves how many, which were the first
     * @param before when those that stay begin
     * @param eventsBefore when their AuditEvents do
     */
    public record Gone(long run, long leaves, Instant before, Instant eventsBefore) {}

    /** By a run, if the first leaf that there is is the one that a run says. What is gone without one is missing. */
    public Optional<Gone> gone() {
        long first = sql.first("select coalesce(min(leaf_index), 0) from ledger_leaf", row -> row.getLong(1))
                .orElseThrow();
        if (first == 0) {
            return Optional.empty();
        }
        return sql
                .list(
                        "select leaf_index, canonical from ledger_leaf where kind = 'retention' order by leaf_index desc",
                        row -> gone(row.getLong(1), row.getBytes(2)))
                .stream()
                .flatMap(Optional::stream)
                .filter(gone -> gone.leaves() == first)
                .findFirst();
    }

    /** Empty: it is not as the ledger wrote it. */
    private static Optional<Gone> gone(long run, byte[] canonical) {
        try {
            JsonNode said = JSON.readTree(canonical);
            return Optional.of(new Gone(
                    run,
                    said.path("firstLeaf").asLong(),
                    Instant.parse(said.path("before").asText()),
                    Instant.parse(said.path("eventsBefore").asText())));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
