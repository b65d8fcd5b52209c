package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark runs; how fast it finds anything to be is no matter of a test. */
@Order(6)
@ExtendWith(RunningSystem.class)
class BenchTest {

    /** The population is the one of PopulationTest: made once. */
    @Test
    void theBenchmarkTellsOfTheMachineAndOfReadsAndBundlesWithoutAFailure(Carelog carelog) throws SQLException {
        // Given: it runs
        // When
        Result bench = carelog.run(
                "bench",
                "--scenario=read",
                "--scenario=bundles",
                "--clients=4",
                "--warm-up=1",
                "--seconds=2",
                "--patients=100",
                "--synthea=5",
                "--seed=1");
        // Then
        System.out.println(bench.out());
        assertThat(bench.exitCode()).as("%s", bench).isZero();
        assertThat(bench.out())
                .containsPattern("\\| GET of a bare Quarkus endpoint +\\| +[1-9]\\d* \\|")
                .containsPattern("\\| SELECT of one row +\\| +[1-9]\\d* \\|")
                .containsPattern("\\| INSERT of one row and COMMIT +\\| +[1-9]\\d* \\|")
                .containsPattern("\\| read +\\| +4 \\| +[1-9]\\d* \\|.* 0 \\|")
                .containsPattern("\\| bundles +\\| +4 \\| +[1-9]\\d* \\|.* 0 \\|")
                .containsPattern("\\| records, with history and indexes +\\| +[1-9]\\d* \\| +9376 \\| +4688 \\|");
        for (String database : List.of("patient", "encounter", "audit")) {
            assertThat(notTidied(carelog, database)).as(database).isEmpty();
        }
    }

    @Test
    void howSearchesGrowIsToldForEachSize(Carelog carelog) {
        // When
        Result bench = carelog.run(
                "bench", "growth", "--from=10", "--to=40", "--warm-up=0", "--seconds=1", "--synthea=5", "--seed=1");
        // Then
        System.out.println(bench.out());
        assertThat(bench.exitCode()).as("%s", bench).isZero();
        assertThat(bench.out())
                .contains("10 people", "40 people", "growth of p50")
                .containsPattern("\\| chain +\\| +[\\d.]+ / [\\d.]+ \\| +[\\d.]+ / [\\d.]+ \\|");
    }

    @Test
    void whatAServiceHasResidentWhileItCatchesUpIsTold(Carelog carelog) {
        // When
        Result bench = carelog.run("bench", "backlog", "--events=2000");
        // Then
        System.out.println(bench.out());
        assertThat(bench.exitCode()).as("%s", bench).isZero();
        assertThat(bench.out())
                .containsPattern("\\| [2-9]\\d{3} to [1-9]\\d{3} +\\| +[1-9]\\d* \\|")
                .containsPattern("[1-9]\\d* events/s");
    }

    @Test
    void aSystemAsItIsDeployedCannotBeToldToRecordNothing(Carelog carelog, @TempDir Path directory) {
        // When
        Result bench = carelog.run("bench", "audit", "--switch=" + directory);
        // Then
        assertThat(bench.exitCode()).as("%s", bench).isEqualTo(1);
        assertThat(bench.err())
                .contains("patient-service does not look into " + directory, "-Dcarelog.chaos.unrecorded=");
        assertThat(directory).isEmptyDirectory();
    }

    private static List<String> notTidied(Carelog carelog, String database) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(carelog.jdbcUrl(database), "carelog", carelog.databasePassword());
                Statement statement = connection.createStatement();
                // of a table by months PostgreSQL notes it with the months alone
                ResultSet rows = statement.executeQuery("""
                        select stat.relname from pg_stat_user_tables stat join pg_class c on c.oid = stat.relid
                        where c.relkind = 'r' and (last_vacuum is null or last_analyze is null)
                        """)) {
            List<String> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
            return tables;
        }
    }
}
