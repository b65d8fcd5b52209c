package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.ResourceId;
import org.hl7.fhir.r4.model.Resource;

/**
 * Creates a resource under an id that the server assigns.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#create">FHIR R4, create</a>
 */
@ApplicationScoped
public class Create {
    private final ReferenceCheck references;
    private final ConditionalMatch condition;
    private final WriteStep write;

    Create(ReferenceCheck references, ConditionalMatch condition, WriteStep write) {
        this.references = references;
        this.condition = condition;
        this.write = write;
    }

    /** @param ifNoneExist the search of a conditional create, or null */
    public Written apply(Exchange exchange, Resource incoming, List<Map.Entry<String, String>> ifNoneExist) {
        IncomingResource.requireRules(exchange.type(), incoming);
        String id = ResourceId.assign();
        if (ifNoneExist == null) {
            references.check(incoming, id);
            return Transactions.call(() -> write.create(exchange, id, incoming));
        }
        var criteria = condition.parse(exchange.type(), ifNoneExist);
        references.check(incoming, id);
        return condition.inTurn(
                criteria,
                () -> Transactions.call(() -> condition
                        .find(criteria)
                        .map(found -> write.unchanged(exchange, Written.Effect.MATCHED, found))
                        .orElseGet(() -> write.create(exchange, id, incoming))));
    }
}
