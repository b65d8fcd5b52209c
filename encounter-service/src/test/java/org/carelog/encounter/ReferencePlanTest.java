package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The planner can follow a reference by an index, whichever end it begins at: chains do from both, includes from one. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ReferencePlanTest {

    @ParameterizedTest
    @CsvSource({
        "f.resource_key = 1,                            resource_resource_type_resource_id_key",
        "r.resource_key = 1 and f.parameter = 1,        resource_reference_target"
    })
    void aReferenceIsFollowedByAnIndex(String from, String index) throws SQLException {
        // Given
        StringBuilder plan = new StringBuilder();

        // When
        try (Connection connection = ServiceUnderTest.ownersDataSource().getConnection();
                Statement sql = connection.createStatement()) {
            // a small table is read whole where it may be
            sql.execute("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off");
            try (ResultSet rows = sql.executeQuery("""
                    explain select 1 from resource_reference f
                    join resource r on r.resource_type = f.target_type and r.resource_id = f.target_id
                    where\s""" + from)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
        }

        // Then
        assertThat(plan.toString()).contains(" using " + index).doesNotContain("Join Filter");
    }
}
