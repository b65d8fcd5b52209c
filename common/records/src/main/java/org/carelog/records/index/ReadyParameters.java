package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.search.SearchParameter;
import org.carelog.sql.Sql;

/**
 * Which search parameters answer: one that is new or changed does when all that was stored before is indexed by it. Until it is
 * known which these are, when a service starts, whoever needs the index waits. Thread-safe.
 */
@Singleton
public class ReadyParameters {
    private final Sql sql;
    private final CountDownLatch known = new CountDownLatch(1);
    private volatile Map<String, Pending> pending = Map.of();

    public ReadyParameters(Sql sql) {
        this.sql = sql;
    }

    /**
     * What does not answer yet of a type.
     *
     * @param done how many resources are indexed by these parameters
     * @param total how many there are to be; 0: nobody has begun
     */
    public record Pending(Set<String> parameters, long done, long total) {
        public Pending {
            parameters = Set.copyOf(parameters);
        }

        /** 100 only when the parameters answer. */
        int percent() {
            return total == 0 ? 0 : (int) Math.min(99, done * 100 / total);
        }
    }

    /** What does not answer, by type. */
    public void tell(Map<String, Pending> news) {
        pending = Map.copyOf(news);
        known.countDown();
    }

    /** The same; as long as it is not known, nothing. */
    public Map<String, Pending> pending() {
        return pending;
    }

    /** @throws FhirProblemException with BeingIndexed when one of them does not answer yet */
    void require(Collection<SearchParameter> parameters) {
        awaitNews();
        Map<String, Pending> now = pending;
        if (!now.isEmpty()) {
            parameters.forEach(parameter -> Optional.ofNullable(now.get(parameter.owner()))
                    .filter(type -> type.parameters().contains(parameter.name()))
                    .ifPresent(type -> {
                        throw new FhirProblemException(
                                new FhirProblem.BeingIndexed(parameter.owner(), parameter.name(), type.percent()));
                    }));
        }
    }

    /** A database that is away says so itself to those who wait. */
    void awaitNews() {
        try {
            while (!known.await(1, TimeUnit.SECONDS)) {
                sql.first("select count(*) from indexed_type", row -> row.getLong(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The service stops");
        }
    }
}
