package org.carelog.events;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.carelog.sql.SqlFailure;

/** Tells a failure that will pass, such as a database that is away, from one that the event itself brings about. */
public final class Transience {
    private Transience() {}

    public static boolean isTransient(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            boolean passes = switch (cause) {
                case SqlFailure sql -> sql.isUnavailable() || sql.isRetryable();
                case SQLException sql -> isTransientState(sql.getSQLState());
                // the database did not commit or did not say so: no constraint is deferred to then
                case RollbackException _, HeuristicMixedException _, HeuristicRollbackException _, SystemException _ ->
                    true;
                default -> false;
            };
            if (passes) {
                return true;
            }
        }
        return false;
    }

    /** No state: the pool had no connection. Classes 08, 53, 57, 58: no database. 25006: one that is a copy. 40, 55P03: lost against another. */
    private static boolean isTransientState(String state) {
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.startsWith("40")
                || state.equals("25006")
                || state.equals("55P03");
    }
}
