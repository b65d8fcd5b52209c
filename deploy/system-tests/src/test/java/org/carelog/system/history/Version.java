package org.carelog.system.history;

/** One version of a resource: {@code Patient/123/_history/2}. */
public record Version(Reference resource, long number) {

    @Override
    public String toString() {
        return resource + "/_history/" + number;
    }
}
