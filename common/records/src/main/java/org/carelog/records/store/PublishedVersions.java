package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.carelog.access.Visibility;
import org.carelog.events.PublishedContent;

/** What an event says of a version: the bytes of the history. */
@ApplicationScoped
class PublishedVersions implements PublishedContent {
    private final ResourceStore store;

    PublishedVersions(ResourceStore store) {
        this.store = store;
    }

    @Override
    public Optional<Content> find(String type, String id, long version) {
        return store.version(type, id, version, new Visibility.Everything())
                .map(found -> new Content(found.lastUpdated(), found.content()));
    }
}
