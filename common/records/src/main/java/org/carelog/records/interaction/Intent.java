package org.carelog.records.interaction;

import java.util.List;
import java.util.Map;
import org.carelog.audit.journal.Access;
import org.carelog.fhir.LocalReference;

/**
 * A write that is decided, under the lock of its resource's head, and not made yet.
 *
 * @param written what is to be said of it when it is made; null: nothing
 * @param next what is new, if anything, and what is attached to it
 * @param access its entry in the journal
 * @param referred what is attached refers to, where: for {@link ReferentialIntegrity#hold}
 */
record Intent(Written written, List<NewVersion> next, Access access, Map<LocalReference, String> referred) {
    Intent {
        next = List.copyOf(next);
        referred = Map.copyOf(referred);
    }
}
