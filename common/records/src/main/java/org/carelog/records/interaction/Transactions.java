package org.carelog.records.interaction;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.concurrent.Callable;
import org.carelog.sql.SqlFailure;

/** Runs work in a transaction of its own; again, a few times, when it lost against another one. */
final class Transactions {
    private static final int ATTEMPTS = 4;

    private Transactions() {}

    static <T> T call(Callable<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return QuarkusTransaction.requiringNew().call(work);
            } catch (SqlFailure e) {
                if (attempt == ATTEMPTS || !e.isRetryable()) {
                    throw e;
                }
            }
        }
    }
}
