package org.carelog.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the tested service's journal holds: committed rows of {@code audit_entry}, read on a connection of their own. */
public final class AuditEntries {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditEntries() {}

    /** Those of the request with this {@code X-Request-Id}. */
    public static List<JsonNode> of(String requestId) {
        return all().stream()
                .filter(entry -> entry.path("requestId").asText().equals(requestId))
                .toList();
    }

    /** All, in the order of their writing. */
    public static List<JsonNode> all() {
        List<JsonNode> entries = new ArrayList<>();
        try (Connection connection = ServiceUnderTest.ownersDataSource().getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select entry from audit_entry order by entry_no")) {
            while (rows.next()) {
                entries.add(JSON.readTree(rows.getBytes(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }
}
