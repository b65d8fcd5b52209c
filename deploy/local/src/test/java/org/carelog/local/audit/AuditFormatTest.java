package org.carelog.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFormatTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void whatASpreadsheetWouldTakeForAFormulaIsText(String written) {
        // Given
        AuditRow row = rowOf(written);

        // When
        String line = AuditFormat.CSV.row(row, true);

        // Then
        assertThat(List.of(line.split(",", 3)).get(1).replaceFirst("^\"", "")).startsWith("'" + written.charAt(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"plain|plain", "a,b|\"a,b\"", "say \"yes\"|\"say \"\"yes\"\"\"", "a=b|a=b"})
    void aCellIsAsRfc4180HasIt(String written, String cell) {
        assertThat(AuditFormat.cell(written)).isEqualTo(cell);
    }

    @Test
    void aTableMovesNoCursor() {
        assertThat(AuditFormat.TABLE.row(rowOf("a\u001b[2Jb"), true)).contains("a?[2Jb");
    }

    private static AuditRow rowOf(String user) {
        return new AuditRow("2026-01-01T00:00:00Z", user, "client", "", "", "read", "ok", "", "", "");
    }
}
