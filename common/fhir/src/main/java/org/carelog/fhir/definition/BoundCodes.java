package org.carelog.fhir.definition;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.EnumFactory;
import org.hl7.fhir.r4.model.codesystems.AllergyintoleranceClinical;
import org.hl7.fhir.r4.model.codesystems.AllergyintoleranceClinicalEnumFactory;
import org.hl7.fhir.r4.model.codesystems.AllergyintoleranceVerification;
import org.hl7.fhir.r4.model.codesystems.AllergyintoleranceVerificationEnumFactory;
import org.hl7.fhir.r4.model.codesystems.ConditionClinical;
import org.hl7.fhir.r4.model.codesystems.ConditionClinicalEnumFactory;
import org.hl7.fhir.r4.model.codesystems.ConditionVerStatus;
import org.hl7.fhir.r4.model.codesystems.ConditionVerStatusEnumFactory;
import org.hl7.fhir.r4.model.codesystems.SupplydeliveryType;
import org.hl7.fhir.r4.model.codesystems.SupplydeliveryTypeEnumFactory;

/** The codes of a required binding, as HAPI's model has them. */
final class BoundCodes {
    /** R4's concepts of which it has a list; those of units it has not. The model knows of codes alone. */
    private static final Map<String, Map<String, String>> CONCEPTS = Map.of(
            "AllergyIntolerance.clinicalStatus",
            codes(new AllergyintoleranceClinicalEnumFactory(), AllergyintoleranceClinical.class),
            "AllergyIntolerance.verificationStatus",
            codes(new AllergyintoleranceVerificationEnumFactory(), AllergyintoleranceVerification.class),
            "Condition.clinicalStatus",
            codes(new ConditionClinicalEnumFactory(), ConditionClinical.class),
            "Condition.verificationStatus",
            codes(new ConditionVerStatusEnumFactory(), ConditionVerStatus.class),
            "SupplyDelivery.type",
            codes(new SupplydeliveryTypeEnumFactory(), SupplydeliveryType.class));

    private BoundCodes() {}

    /** By code its system; empty where other codes, or texts, are allowed. */
    static Map<String, String> of(String path, BaseRuntimeChildDefinition child) {
        return child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition bound
                        && bound.getInstanceConstructorArguments() instanceof EnumFactory<?> factory
                ? codes(factory, bound.getBoundEnumType())
                : CONCEPTS.getOrDefault(path, Map.of());
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
