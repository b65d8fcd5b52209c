package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.carelog.access.Visibility;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.search.PagePosition;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.sql.Sql;

/**
 * Goes through all there is about one resource, a page at a time: itself, what is in its compartment, what these refer to.
 * A page costs the same wherever it is, and what is written meanwhile neither repeats nor hides a resource that stays as
 * it is. Thread-safe.
 */
@Singleton
public final class CompartmentWalk {
    private final Sql sql;
    private final HostedTypes hosted;
    private final SearchableTypes searchable;
    private final PageTokens tokens;
    private final ReadyParameters ready;
    private final Map<String, CompartmentTypes> types = new ConcurrentHashMap<>();

    CompartmentWalk(Sql sql, HostedTypes hosted, SearchableTypes searchable, PageTokens tokens, ReadyParameters ready) {
        this.sql = sql;
        this.hosted = hosted;
        this.searchable = searchable;
        this.tokens = tokens;
        this.ready = ready;
    }

    /** A row, which is the root's own or one of a stage, and where the page after it begins. */
    private record Found(Stage stage, boolean isRoot, Match match, PagePosition position) {
        static Found read(ResultSet row, Stage stage) throws SQLException {
            Match match = Row.match(row);
            boolean isRoot = row.getBoolean("is_root");
            return new Found(
                    stage,
                    isRoot,
                    match,
                    isRoot ? stage.beginning() : stage.after(match.type(), row.getLong("resource_key")));
        }
    }

    /**
     * @param visible what the asker may see of each type
     * @return empty: the root is not here, or the asker may not see it
     * @throws FhirProblemException with BeingIndexed when a parameter that says what belongs to it does not answer yet
     */
    public Optional<CompartmentPage> find(CompartmentQuery query, Function<String, Visibility> visible) {
        String root = query.root().type();
        CompartmentTypes within = types.computeIfAbsent(root, _ -> CompartmentTypes.of(root, hosted, searchable));
        ready.require(within.by());
        if (query.care() != null) {
            ready.require(within.dates());
        }
        CompartmentSql statements = new CompartmentSql(query, within, new Sight(visible));
        PagePosition from = query.after().orElseGet(() -> Stage.first(root).beginning());
        // one more than fits, to know whether there are more
        int limit = query.count() + 1;
        List<Found> found = new ArrayList<>();
        Match first = null;
        for (Stage stage : Stage.of(from).andLater()) {
            PagePosition after = stage == Stage.of(from) ? from : stage.beginning();
            List<Found> rows = list(statements.page(stage, after, limit - found.size()), stage);
            if (rows.isEmpty() || !rows.getFirst().isRoot()) {
                return Optional.empty();
            }
            if (first == null) {
                first = rows.getFirst().match();
                found.addAll(query.wants(first) ? rows : rows.subList(1, rows.size()));
            } else {
                found.addAll(rows.subList(1, rows.size()));
            }
            if (found.size() >= limit) {
                break;
            }
        }
        return Optional.of(page(first, found, query.count()));
    }

    private List<Found> list(Fragment page, Stage stage) {
        return sql.list(page.sql(), row -> Found.read(row, stage), page.values().toArray());
    }

    private static CompartmentPage page(Match root, List<Found> found, int count) {
        List<Found> page = found.stream()
                .limit(count)
                .takeWhile(row -> row.match().hasContent())
                .toList();
        boolean more = found.size() > page.size();
        return new CompartmentPage(
                root,
                page.stream()
                        .filter(row -> row.stage() != Stage.REFERENCED)
                        .map(Found::match)
                        .toList(),
                page.stream()
                        .filter(row -> row.stage() == Stage.REFERENCED)
                        .map(Found::match)
                        .toList(),
                more ? Optional.of(page.getLast().position()) : Optional.empty());
    }

    /** @param parameters as they were sent */
    public record Resumed(List<Map.Entry<String, String>> parameters, PagePosition after) {}

    /** A token for the next page, for this service and this asker only. */
    public String token(List<Map.Entry<String, String>> parameters, PagePosition after, String asker) {
        return tokens.seal(new PageState(parameters, Instant.EPOCH, after).bytes(), place(), asker);
    }

    /** Empty: no token of this service for this asker. */
    public Optional<Resumed> resume(String token, String asker) {
        return tokens.open(token, place(), asker)
                .map(PageState::read)
                .map(state -> new Resumed(state.parameters(), state.beside()));
    }

    /** Resource keys are those of one service; a search's tokens hold something else. */
    private String place() {
        return "everything at " + hosted.service();
    }
}
