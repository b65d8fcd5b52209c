package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.fhir.ResourceId;

/**
 * Creates a resource under an id that the server assigns.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#create">FHIR R4, create</a>
 */
@ApplicationScoped
public class Create {
    private final InstanceOwner owner;
    private final ReferenceCheck references;
    private final ReferentialIntegrity integrity;
    private final ConditionalMatch condition;
    private final WriteStep write;

    Create(
            InstanceOwner owner,
            ReferenceCheck references,
            ReferentialIntegrity integrity,
            ConditionalMatch condition,
            WriteStep write) {
        this.owner = owner;
        this.references = references;
        this.integrity = integrity;
        this.condition = condition;
        this.write = write;
    }

    /** @param ifNoneExist the search of a conditional create, or null */
    public Written apply(Exchange exchange, Resource incoming, List<Map.Entry<String, String>> ifNoneExist) {
        IncomingResource.requireRules(exchange.type(), incoming);
        owner.requireHere(incoming);
        String id = ResourceId.assign();
        if (ifNoneExist == null) {
            Map<LocalReference, String> referred = references.check(incoming, id);
            return Transactions.call(() -> write(exchange, id, incoming, referred));
        }
        var criteria = condition.parse(exchange.type(), ifNoneExist);
        Map<LocalReference, String> referred = references.check(incoming, id);
        return condition.inTurn(
                criteria,
                () -> Transactions.call(() -> condition
                        .find(criteria)
                        .map(found -> write.make(write.unchanged(exchange, Written.Effect.MATCHED, found)))
                        .orElseGet(() -> write(exchange, id, incoming, referred))));
    }

    private Written write(Exchange exchange, String id, Resource incoming, Map<LocalReference, String> referred) {
        Written written = write.make(write.create(exchange, id, incoming));
        integrity.hold(referred);
        return written;
    }
}
