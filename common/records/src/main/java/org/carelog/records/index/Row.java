package org.carelog.records.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.search.PagePosition;

/** A found resource and where it stands in the order. */
record Row(Match match, PagePosition position) {
    long key() {
        return position.resourceKey();
    }

    static Row read(ResultSet row, int sortKeys) throws SQLException {
        List<String> values = new ArrayList<>(sortKeys);
        for (int i = 0; i < sortKeys; i++) {
            values.add(row.getString("t" + i));
        }
        return new Row(match(row), new PagePosition(values, row.getLong("resource_key")));
    }

    static Match match(ResultSet row) throws SQLException {
        return new Match(
                row.getString("resource_type"),
                row.getString("resource_id"),
                row.getLong("version_id"),
                row.getObject("last_updated", OffsetDateTime.class).toInstant(),
                row.getString("patient_id"),
                row.getBytes("content"));
    }
}
