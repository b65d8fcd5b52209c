package org.carelog.records.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.Resource;
import org.carelog.records.index.MetaLabels;
import org.carelog.records.store.StoredVersion;

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
        return parameters(FhirJson.parseStored(version.content()).get("meta"));
    }

    /** A Parameters resource with the labels of all these types. */
    public byte[] apply(Collection<String> types) {
        return parameters(labels.of(types));
    }

    private static byte[] parameters(JsonNode meta) {
        Resource parameters = Resource.empty("Parameters");
        ObjectNode returned =
                parameters.json().putArray("parameter").addObject().put("name", "return");
        if (!meta.isEmpty()) {
            returned.set("valueMeta", meta);
        }
        return parameters.bytes();
    }
}
