package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.carelog.fhir.FhirJson;
import org.carelog.records.index.MetaLabels;
import org.carelog.records.store.StoredVersion;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Parameters;

/**
 * Tells profiles, security labels and tags: of a resource those that it has, of types those that their resources have had.
 *
 * @see <a href="https://hl7.org/fhir/R4/resource-operation-meta.html">FHIR R4, $meta</a>
 */
@ApplicationScoped
public class ReadMeta {
    private final MetaLabels labels;

    ReadMeta(MetaLabels labels) {
        this.labels = labels;
    }

    /** A Parameters resource with the meta of a version. */
    public byte[] apply(StoredVersion version) {
        return parameters(FhirJson.model(version.content()).getMeta());
    }

    /** A Parameters resource with the labels of all these types. */
    public byte[] apply(Collection<String> types) {
        return parameters(labels.of(types));
    }

    private static byte[] parameters(Meta meta) {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("return").setValue(meta);
        return FhirJson.encode(parameters);
    }
}
