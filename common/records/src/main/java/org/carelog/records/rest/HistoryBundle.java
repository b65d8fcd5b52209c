package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.Bundles;
import org.carelog.fhir.Bundles.Link;
import org.carelog.fhir.Bundles.Version;
import org.carelog.records.RecordsConfig;
import org.carelog.records.interaction.History;
import org.carelog.records.store.HistoryStore.Entry;
import org.carelog.records.store.StoredVersion;

/** A history's answer as a Bundle. */
@ApplicationScoped
class HistoryBundle {
    private final RecordsConfig config;
    private final History history;

    HistoryBundle(RecordsConfig config, History history) {
        this.config = config;
        this.history = history;
    }

    /** @param place relative to the base, such as {@code Patient/1/_history} */
    Answer answer(FhirRequest request, History.Scope scope, String place) {
        HistoryParameters parameters = HistoryParameters.of(request.criteria());
        History.Page page = history.apply(scope, parameters.window());
        Links to = new Links(config.baseUrl(), request);
        List<Link> links = new ArrayList<>();
        links.add(to.link("self", place, parameters.understood()));
        if (page.more()) {
            links.add(to.link(
                    "next",
                    place,
                    parameters.from(page.entries().getLast().position()).understood()));
        }
        return Answer.of(
                        200,
                        Bundles.history(
                                page.total(),
                                links,
                                page.entries().stream().map(this::version).toList()))
                .showing(page.entries().stream()
                        .map(Entry::version)
                        .map(Interactions::entity)
                        .toList());
    }

    private Version version(Entry entry) {
        StoredVersion version = entry.version();
        String reference = version.type() + "/" + version.id();
        boolean put = version.change() != org.carelog.events.Change.CREATED || version.version() > 1;
        return new Version(
                HistoryParameters.page(entry.position()),
                config.baseUrl() + "/" + reference,
                version.isDeleted() ? null : version.content(),
                version.isDeleted() ? "DELETE" : put ? "PUT" : "POST",
                version.isDeleted() || put ? reference : version.type(),
                switch (version.change()) {
                    case CREATED -> "201";
                    case UPDATED -> "200";
                    case DELETED -> "204";
                },
                Preconditions.etag(version.version()),
                version.lastUpdated());
    }
}
