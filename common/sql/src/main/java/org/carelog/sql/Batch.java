package org.carelog.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** INSERT, UPDATE and DELETE statements that go to the database in one round trip, in their order. For one thread. */
public final class Batch {
    private final Sql sql;
    private final List<String> statements = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Batch(Sql sql) {
        this.sql = sql;
    }

    /** Adds a statement, to be run by {@link #run}; its values bind as those of {@link Sql} do. */
    public void add(String statement, Object... its) {
        statements.add(statement);
        values.addAll(Arrays.asList(its));
    }

    /**
     * Runs what was added since it last ran.
     *
     * @throws SqlFailure of the first that fails: those behind it are not run
     */
    public void run() {
        if (!statements.isEmpty()) {
            sql.update(String.join(";", statements), values.toArray());
            statements.clear();
            values.clear();
        }
    }
}
