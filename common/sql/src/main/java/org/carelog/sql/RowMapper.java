package org.carelog.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes a value of the row the result set stands on. It must not move the result set. */
@FunctionalInterface
public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
}
