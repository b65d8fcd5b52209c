package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.records.store.HistoryStore;
import org.carelog.records.store.HistoryStore.Entry;
import org.carelog.records.store.HistoryStore.Position;

/**
 * The versions of a resource, or of all resources of a type, newest first.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#history">FHIR R4, history</a>
 */
@ApplicationScoped
public class History {
    private final HistoryStore store;

    History(HistoryStore store) {
        this.store = store;
    }

    /**
     * @param total how many versions there are in all; known for an instance only
     * @param more whether versions follow this page
     */
    public record Page(List<Entry> entries, OptionalLong total, boolean more) {}

    /**
     * @param id null for the history of the type
     * @param since null for all
     * @param after the last position of the page before, or null
     */
    public Page apply(Exchange exchange, String id, Instant since, Position after, int count) {
        String type = exchange.type().name();
        OptionalLong total = OptionalLong.empty();
        if (id != null) {
            total = OptionalLong.of(store.count(type, id, exchange.visibility()));
            if (total.getAsLong() == 0) {
                throw new FhirProblemException(new FhirProblem.NotFound(type));
            }
        }
        List<Entry> entries = store.page(type, id, since, after, count + 1, exchange.visibility());
        boolean more = entries.size() > count;
        return new Page(more ? entries.subList(0, count) : entries, since == null ? total : OptionalLong.empty(), more);
    }
}
