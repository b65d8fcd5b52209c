package org.carelog.records.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.Resource;
import org.carelog.sql.Sql;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaLabelsTest {
    private static final Resource LABELLED = FhirJson.parseStored("""
            {"resourceType": "Patient", "meta": {"tag": [{"system": "urn:s", "code": "c", "display": "C"}]}}
            """.getBytes(UTF_8));

    private final TestDatabase database = RealPlatform.database("db/records", "db/index");
    private final MetaLabels labels = new MetaLabels(new Sql(database.dataSource()));

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void whoAddsALabelHoldsUpNobodyWhoAddsItToo() throws SQLException {
        // Given a transaction that has added the label, and goes on
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("""
                    insert into meta_label (resource_type, element, system, code, display)
                    values ('Patient', 'tag', 'urn:s', 'c', 'C')
                    """);

            // When
            labels.put(LABELLED);
            other.commit();
        }

        // Then
        assertThat(labels.of(List.of("Patient")).toString())
                .isEqualTo("{\"tag\":[{\"system\":\"urn:s\",\"code\":\"c\",\"display\":\"C\"}]}");
    }

    @Test
    void aLabelThatIsThereIsNotAddedAgain() throws SQLException {
        // Given
        labels.put(LABELLED);

        // When another process writes it
        new MetaLabels(new Sql(database.dataSource())).put(LABELLED);

        // Then
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from meta_label")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 0", "60000, 1"})
    void whatIsKnownIsNotLookedUpButForALongLabel(int length, int addedAgain) throws SQLException {
        // Given
        Resource labelled =
                FhirJson.parseStored("""
                {"resourceType": "Patient", "meta": {"tag": [{"system": "urn:s", "code": "c", "display": "%s"}]}}
                """.formatted("D".repeat(length)).getBytes(UTF_8));
        labels.put(labelled);
        labels.put(labelled);
        try (Connection connection = database.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from meta_label");
        }

        // When
        labels.put(labelled);

        // Then
        assertThat(labels.of(List.of("Patient")).path("tag")).hasSize(addedAgain);
    }
}
