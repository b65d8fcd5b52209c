package org.carelog.testing.metadata;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A resource of any type with what R4 demands of it and no more.
 *
 * @param patient to whom references go that may lead to a patient, as {@code Patient/id}; null: they say a name only
 */
record MinimalResource(String patient) {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Map<String, String> PRIMITIVES = Map.of(
            "boolean", "true",
            "dateTime", "2026-01-01",
            "date", "2026-01-01",
            "instant", "2026-01-01T00:00:00Z",
            "decimal", "1",
            "integer", "1",
            "positiveInt", "1",
            "unsignedInt", "1",
            "base64Binary", "AAAA");

    /** For elements of which R4 lets one choose the type: the sooner, the simpler. */
    private static final List<String> PREFERRED = List.of("CodeableConcept", "DateTime", "String", "Period", "Boolean");

    Resource of(String type) {
        Resource resource = (Resource) FHIR.getResourceDefinition(type).newInstance();
        fill(resource, FHIR.getResourceDefinition(type));
        return resource;
    }

    private void fill(IBase composite, BaseRuntimeElementCompositeDefinition<?> definition) {
        for (BaseRuntimeChildDefinition child : definition.getChildren()) {
            if (child.getMin() > 0) {
                String name = name(child);
                BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
                Object argument = child.getInstanceConstructorArguments();
                IBase value = argument == null ? element.newInstance() : element.newInstance(argument);
                fill(value, element, child);
                child.getMutator().addValue(composite, value);
            }
        }
    }

    private void fill(IBase value, BaseRuntimeElementDefinition<?> element, BaseRuntimeChildDefinition child) {
        switch (value) {
            case Enumeration<?> code -> code.setValueAsString(firstCode(child));
            case IPrimitiveType<?> primitive ->
                primitive.setValueAsString(PRIMITIVES.getOrDefault(element.getName(), "x"));
            case Reference reference -> point(reference, child);
            case CodeableConcept concept -> concept.setText("x");
            case Coding coding -> coding.setCode("x");
            case Attachment attachment -> attachment.setTitle("x");
            case Identifier identifier -> identifier.setValue("x");
            case Quantity quantity -> quantity.setValue(1);
            case Period period -> period.getStartElement().setValueAsString("2026-01-01");
            default -> fill(value, (BaseRuntimeElementCompositeDefinition<?>) element);
        }
    }

    private void point(Reference reference, BaseRuntimeChildDefinition child) {
        if (patient != null && mayBeAPatient(child)) {
            reference.setReference(patient);
        } else {
            reference.setDisplay("x");
        }
    }

    private static boolean mayBeAPatient(BaseRuntimeChildDefinition child) {
        return child instanceof RuntimeChildResourceDefinition reference
                && (reference.getResourceTypes().contains(Patient.class)
                        || reference.getResourceTypes().stream().noneMatch(Resource.class::isAssignableFrom));
    }

    /** Of a choice of types the preferred one, of names for the same the element's own. */
    private static String name(BaseRuntimeChildDefinition child) {
        return PREFERRED.stream()
                .map(type -> child.getElementName().replace("[x]", "") + type)
                .filter(child.getValidChildNames()::contains)
                .findFirst()
                .orElseGet(() -> child.getValidChildNames().contains(child.getElementName())
                        ? child.getElementName()
                        : child.getValidChildNames().iterator().next());
    }

    private static String firstCode(BaseRuntimeChildDefinition child) {
        Class<? extends Enum<?>> codes =
                ((RuntimeChildPrimitiveEnumerationDatatypeDefinition) child).getBoundEnumType();
        try {
            return (String) codes.getMethod("toCode").invoke(codes.getEnumConstants()[0]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
