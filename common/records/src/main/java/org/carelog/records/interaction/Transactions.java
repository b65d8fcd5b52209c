package org.carelog.records.interaction;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import java.util.concurrent.Callable;
import org.carelog.events.Transience;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.sql.SqlFailure;
import org.jboss.logging.Logger;

/**
 * Runs work in a transaction of its own; again, a few times, when it lost against another one. When the database does not say
 * that it is committed, it may be or not, and the store is unavailable.
 */
final class Transactions {
    private static final Logger LOG = Logger.getLogger(Transactions.class);
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
            } catch (QuarkusTransactionException e) {
                if (!Transience.isTransient(e)) {
                    throw e;
                }
                LOG.errorf(
                        "the store does not answer: %s", e.getCause().getClass().getName());
                throw new FhirProblemException(new FhirProblem.Unavailable("The store"));
            }
        }
    }
}
