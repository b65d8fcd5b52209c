package org.carelog.fhir.definition;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.EnumFactory;

/** The codes of a required binding, as HAPI's model has them. */
final class BoundCodes {
    private BoundCodes() {}

    /** By code its system; empty where other codes, or texts, are allowed. */
    static Map<String, String> of(BaseRuntimeChildDefinition child) {
        return child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition bound
                        && bound.getInstanceConstructorArguments() instanceof EnumFactory<?> factory
                ? codes(factory, bound.getBoundEnumType())
                : Map.of();
    }

    private static <E extends Enum<?>> Map<String, String> codes(EnumFactory<E> factory, Class<?> type) {
        Map<String, String> codes = new TreeMap<>();
        for (Object constant : type.getEnumConstants()) {
            @SuppressWarnings("unchecked") // HAPI pairs them
            E code = (E) constant;
            // HAPI's own addition to each
            if (!code.name().equals("NULL")) {
                String system = factory.toSystem(code);
                codes.put(factory.toCode(code), system == null ? "" : system);
            }
        }
        return codes;
    }
}
