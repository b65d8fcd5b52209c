package org.carelog.records.interaction;

import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.records.store.Head;
import org.carelog.records.store.StoredVersion;

/**
 * A version that is to be the current one.
 *
 * @param head what is current, locked by the transaction; null: the resource is not here yet
 * @param resource the content, by which it is found; of a deletion: null
 */
record NewVersion(Head head, StoredVersion version, Resource resource) {
    boolean isFirst() {
        return head == null;
    }

    /** Whether the version before is in the index. */
    boolean isIndexed() {
        return head != null && !head.deleted();
    }

    LocalReference reference() {
        return new LocalReference(version.type(), version.id());
    }
}
