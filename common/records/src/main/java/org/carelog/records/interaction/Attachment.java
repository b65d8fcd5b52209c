package org.carelog.records.interaction;

import java.util.Map;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;

/**
 * A Provenance that is to be stored with a write, when there is one.
 *
 * @param type Provenance, as this service hosts it
 * @param provenance without a target; filled in the transaction, which may begin again
 * @param referred by what it refers to, where: for {@link ReferentialIntegrity#hold}
 */
public record Attachment(HostedType type, Resource provenance, Map<LocalReference, String> referred) {
    public Attachment {
        referred = Map.copyOf(referred);
    }
}
