package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.carelog.access.Visibility;
import org.carelog.events.ServiceClock;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.records.index.Match;
import org.carelog.records.index.ResourceSearch;
import org.carelog.records.store.ConditionLock;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;

/**
 * Finds the one resource that a condition means. Requests with the same condition wait for each other, so that what one
 * creates the next one finds.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#ccreate">FHIR R4, conditional create</a>
 */
@ApplicationScoped
class ConditionalMatch {
    private final SearchableTypes types;
    private final ResourceSearch search;
    private final ResourceStore store;
    private final ConditionLock condition;
    private final ConditionQueue queue;

    ConditionalMatch(
            SearchableTypes types,
            ResourceSearch search,
            ResourceStore store,
            ConditionLock condition,
            ConditionQueue queue) {
        this.types = types;
        this.search = search;
        this.store = store;
        this.condition = condition;
        this.queue = queue;
    }

    /** The criteria of a conditional create. */
    SearchQuery parse(HostedType type, List<Map.Entry<String, String>> criteria) {
        return parse(
                type,
                criteria,
                new FhirProblem.InvalidHeader("If-None-Exist", "search criteria are expected, such as identifier=…"));
    }

    /** The criteria in the URL of a conditional update, patch or delete. */
    SearchQuery parseUrl(HostedType type, List<Map.Entry<String, String>> criteria) {
        return parse(type, criteria, new FhirProblem.MissingCriteria());
    }

    /** A condition that asks for nothing would match everything, and is refused. */
    private SearchQuery parse(HostedType type, List<Map.Entry<String, String>> criteria, FhirProblem none) {
        if (criteria.isEmpty() || criteria.stream().anyMatch(parameter -> SearchQuery.isControl(parameter.getKey()))) {
            throw new FhirProblemException(none);
        }
        return SearchQuery.parse(types, type.name(), criteria, ServiceClock.now());
    }

    /** Lets the work, which is to find and perhaps to create, wait for its turn before it has a connection. */
    <T> T inTurn(SearchQuery criteria, Supplier<T> work) {
        return queue.alone(text(criteria), work);
    }

    /** In the caller's transaction; the condition stays locked until that ends. */
    Optional<StoredVersion> find(SearchQuery criteria) {
        lock(criteria);
        return match(criteria);
    }

    /** In the caller's transaction; the condition and the match, as it is given, stay locked until that ends. */
    Optional<StoredVersion> findLocked(SearchQuery criteria) {
        lock(criteria);
        Optional<StoredVersion> found;
        do {
            found = match(criteria);
            // changed between the look and the lock: it may not match any more
        } while (found.isPresent() && !isLocked(found.get()));
        return found;
    }

    private boolean isLocked(StoredVersion found) {
        return store.lock(new LocalReference(found.type(), found.id()))
                .map(head -> head.version() == found.version())
                .orElse(false);
    }

    /** In the caller's transaction, until that ends. */
    void lock(SearchQuery criteria) {
        condition.await(text(criteria));
    }

    /** Without a lock. */
    Optional<StoredVersion> match(SearchQuery criteria) {
        List<Match> matches =
                search.find(criteria, type -> new Visibility.Everything(), "").matches();
        if (matches.size() > 1) {
            throw new FhirProblemException(new FhirProblem.SeveralMatches(criteria.type()));
        }
        return matches.stream()
                .findFirst()
                .flatMap(match -> store.current(match.type(), match.id(), new Visibility.Everything()))
                .filter(version -> !version.isDeleted());
    }

    /** Two conditions that ask for the same have the same text. */
    static String text(SearchQuery criteria) {
        return criteria.understood().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .sorted()
                .reduce(criteria.type(), (all, parameter) -> all + "&" + parameter);
    }
}
