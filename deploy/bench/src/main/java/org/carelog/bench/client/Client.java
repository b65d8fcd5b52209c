package org.carelog.bench.client;

import java.util.Optional;

/** Does one thing again and again, the next when the one before has ended. For one thread. */
public interface Client extends AutoCloseable {

    /**
     * Does it once.
     *
     * @return empty when there is nothing left to do
     */
    Optional<Ending> once() throws Exception;
}
