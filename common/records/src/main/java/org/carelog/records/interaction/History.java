package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.carelog.access.Visibility;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.records.store.HistoryStore;
import org.carelog.records.store.HistoryStore.Entry;
import org.carelog.records.store.HistoryStore.Window;

/**
 * The versions of a resource, of all resources of a type, or of all types, newest first.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#history">FHIR R4, history</a>
 */
@ApplicationScoped
public class History {
    private final HistoryStore store;

    History(HistoryStore store) {
        this.store = store;
    }

    /** Whose versions. */
    public sealed interface Scope {
        record Instance(String type, String id, Visibility visibility) implements Scope {}

        /**
         * Every resource of these types that the actor may see.
         *
         * @param copies whether those that another service owns are among them
         */
        record Types(Map<String, Visibility> types, boolean copies) implements Scope {
            public Types {
                types = Map.copyOf(types);
            }
        }
    }

    /**
     * @param total how many versions there are in all; known for the whole of an instance only
     * @param more whether versions follow this page
     */
    public record Page(List<Entry> entries, OptionalLong total, boolean more) {}

    public Page apply(Scope scope, Window window) {
        Window oneMore = new Window(window.since(), window.at(), window.after(), window.limit() + 1);
        return switch (scope) {
            case Scope.Instance(String type, String id, Visibility visibility) -> {
                long total = store.count(type, id, visibility);
                if (total == 0) {
                    throw new FhirProblemException(new FhirProblem.NotFound(type));
                }
                boolean whole = window.since() == null && window.at() == null;
                yield page(
                        store.ofInstance(type, id, visibility, oneMore),
                        whole ? OptionalLong.of(total) : OptionalLong.empty(),
                        window.limit());
            }
            case Scope.Types(Map<String, Visibility> types, boolean copies) ->
                page(store.ofTypes(types, copies, oneMore), OptionalLong.empty(), window.limit());
        };
    }

    private static Page page(List<Entry> entries, OptionalLong total, int count) {
        List<Entry> page = entries.stream()
                .limit(count)
                .takeWhile(entry -> entry.version().content() != null)
                .toList();
        return new Page(page, total, entries.size() > page.size());
    }
}
