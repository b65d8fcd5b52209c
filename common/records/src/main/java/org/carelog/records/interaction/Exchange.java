package org.carelog.records.interaction;

import java.util.List;
import org.carelog.access.Visibility;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.HostedType;

/**
 * What an interaction needs to know of the request it serves.
 *
 * @param visibility which instances of the type the actor may see
 * @param receipt makes the journal's entry of the request
 * @param attachment what is to be stored with what is written; null: nothing
 */
public record Exchange(HostedType type, Visibility visibility, Receipt receipt, Attachment attachment) {
    @FunctionalInterface
    public interface Receipt {
        /** The entry for an answer of this status that touched or showed these. */
        Access of(int status, List<Entity> entities);
    }
}
