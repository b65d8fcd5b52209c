package org.carelog.fhir.patch;

import java.util.List;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/**
 * Adds profiles, security labels and tags, or takes them away: what is there stays once, what is not there is not missed.
 *
 * @param adds otherwise: takes away
 * @see <a href="https://hl7.org/fhir/R4/resource-operation-meta-add.html">FHIR R4, $meta-add</a>
 */
record MetaPatch(boolean adds, Meta meta) implements ResourcePatch {
    @Override
    public byte[] apply(byte[] json) {
        Resource resource = FhirJson.model(json);
        Meta current = resource.getMeta();
        for (CanonicalType profile : meta.getProfile()) {
            current.getProfile().removeIf(other -> !adds && other.getValue().equals(profile.getValue()));
            if (adds && !current.hasProfile(profile.getValue())) {
                current.addProfile(profile.getValue());
            }
        }
        change(current.getSecurity(), meta.getSecurity());
        change(current.getTag(), meta.getTag());
        return FhirJson.encode(resource);
    }

    private void change(List<Coding> current, List<Coding> given) {
        for (Coding coding : given) {
            if (!adds) {
                current.removeIf(other -> isSame(other, coding));
            } else if (current.stream().noneMatch(other -> isSame(other, coding))) {
                current.add(coding.copy());
            }
        }
    }

    private static boolean isSame(Coding a, Coding b) {
        return java.util.Objects.equals(a.getSystem(), b.getSystem())
                && java.util.Objects.equals(a.getCode(), b.getCode());
    }
}
