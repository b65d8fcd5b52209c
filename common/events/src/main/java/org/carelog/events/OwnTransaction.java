package org.carelog.events;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import java.util.concurrent.Callable;

/** Transactions in which events are applied and parked. */
final class OwnTransaction {
    private OwnTransaction() {}

    /**
     * @throws RuntimeException as it was thrown, or around an Error that the work may have brought about: code of it that
     *     is not there, or that calls itself without end
     * @throws VirtualMachineError when the machine cannot go on, whatever the work is: the service has to end, and the
     *     work to be done by the next
     */
    static <T> T call(Callable<T> work) {
        try {
            return QuarkusTransaction.requiringNew().call(work);
        } catch (QuarkusTransactionException e) {
            if (e.getCause() instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
                throw error;
            }
            throw e;
        }
    }

    /** The class of what was thrown in it, never the message: that may quote a record. */
    static String nameOf(RuntimeException failure) {
        Throwable thrown = failure instanceof QuarkusTransactionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return thrown.getClass().getName();
    }
}
