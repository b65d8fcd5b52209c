package org.carelog.bench.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A statement with numbers by their names: {@code :patient}. */
record NamedSql(String sql, List<String> names) {

    private static final Pattern NAME = Pattern.compile("(?<!:):([a-z]+)");

    static NamedSql of(String text) {
        return new NamedSql(
                NAME.matcher(text).replaceAll("?"),
                NAME.matcher(text).results().map(name -> name.group(1)).toList());
    }

    /** Runs it to its end. */
    void run(Connection connection, Map<String, Long> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < names.size(); i++) {
                statement.setLong(i + 1, values.get(names.get(i)));
            }
            statement.execute();
        }
    }
}
