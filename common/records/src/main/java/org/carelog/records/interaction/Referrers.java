package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.LocalReference;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;

/** Tells another service which of this one's own resources refer to a resource that the other is to delete: a few of them. */
@ApplicationScoped
public class Referrers {
    /** Where it is asked, with the parameter {@code target}. */
    public static final String ADDRESS = "$referrers";

    private static final String REFERRER = "referrer";

    private final ReferentialIntegrity integrity;

    Referrers(ReferentialIntegrity integrity) {
        this.integrity = integrity;
    }

    /** A Parameters resource. */
    public byte[] apply(LocalReference target) {
        Parameters answer = new Parameters();
        for (LocalReference referrer : integrity.referrers(target)) {
            answer.addParameter().setName(REFERRER).setValue(new Reference(referrer.toString()));
        }
        return FhirJson.encode(answer);
    }

    static List<LocalReference> read(Parameters answer) {
        return answer.getParameter().stream()
                .filter(parameter -> parameter.getName().equals(REFERRER))
                .flatMap(parameter -> LocalReference.of(((Reference) parameter.getValue()).getReference(), "").stream())
                .toList();
    }
}
