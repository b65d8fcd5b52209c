package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.Bundles;
import org.carelog.fhir.Bundles.Link;
import org.carelog.fhir.Bundles.Version;
import org.carelog.records.RecordsConfig;
import org.carelog.records.interaction.Exchange;
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

    /** @param id null for the history of the type */
    Answer answer(FhirRequest request, Exchange exchange, String id) {
        HistoryParameters parameters = HistoryParameters.of(exchange.type().name(), request.parameters());
        History.Page page = history.apply(exchange, id, parameters.since(), parameters.after(), parameters.count());
        String address =
                "%s/%s/%s_history".formatted(config.baseUrl(), exchange.type().name(), id == null ? "" : id + "/");
        List<Link> links = new ArrayList<>();
        links.add(new Link("self", address + parameters.query()));
        if (page.more()) {
            links.add(new Link(
                    "next",
                    address
                            + parameters
                                    .from(page.entries().getLast().position())
                                    .query()));
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
