package org.carelog.local.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.stream.Collectors;

/** How rows are printed, one after the other. */
enum AuditFormat {
    TABLE {
        @Override
        String begin() {
            return TITLES.formatted("time", "user", "action", "outcome", "patient", "records");
        }

        @Override
        String row(AuditRow row, boolean first) {
            return TITLES.formatted(
                    row.time(),
                    plain(row.user().isEmpty() ? row.client() : row.user()),
                    plain(row.action()),
                    row.outcome(),
                    plain(row.patient()),
                    plain(row.records()));
        }
    },
    CSV {
        @Override
        String begin() {
            return line(AuditRow.COLUMNS);
        }

        @Override
        String row(AuditRow row, boolean first) {
            return line(row.cells().values());
        }

        private static String line(Collection<String> cells) {
            return cells.stream().map(AuditFormat::cell).collect(Collectors.joining(",", "", "\r\n"));
        }
    },
    JSON {
        @Override
        String begin() {
            return "[";
        }

        @Override
        String row(AuditRow row, boolean first) {
            try {
                return (first ? "\n" : ",\n") + MAPPER.writeValueAsString(row.cells());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        String end() {
            return "\n]\n";
        }
    };

    private static final String TITLES = "%-29s  %-20.20s  %-14.14s  %-8.8s  %-44.44s  %s%n";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    abstract String begin();

    abstract String row(AuditRow row, boolean first);

    String end() {
        return "";
    }

    /** What somebody wrote into an address moves no cursor. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * A cell of RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe: whoever makes a request can
     * write what is in it.
     */
    static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
