package org.carelog.encounter.oracle;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.fhirpath.IFhirPathEvaluationContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;

/** What the expression of a search parameter leads to, by HAPI's FHIRPath. Remembers what it found. Thread-safe. */
final class Elements {
    private static final FhirContext R4 = FhirContext.forR4Cached();

    private record Question(Base from, String expression) {}

    private final IFhirPath engine = R4.newFhirPath();
    private final Map<Question, List<Base>> known = new HashMap<>();

    Elements() {
        engine.setEvaluationContext(new IFhirPathEvaluationContext() {
            /** That it is of the type is all that is asked of it. */
            @Override
            public IBase resolveReference(IIdType reference, IBase context) {
                return reference.getResourceType() == null
                        ? null
                        : R4.getResourceDefinition(reference.getResourceType()).newInstance();
            }
        });
    }

    List<Base> of(Resource resource, Parameter parameter) {
        return parameter.expressions().stream()
                .flatMap(expression -> of(resource, expression).stream())
                .toList();
    }

    /** Those that have a value. */
    synchronized List<Base> of(Base from, String expression) {
        return known.computeIfAbsent(new Question(from, expression), this::found);
    }

    private List<Base> found(Question question) {
        return engine.evaluate(question.from(), question.expression(), IBase.class).stream()
                .map(Base.class::cast)
                .filter(element -> !(element instanceof PrimitiveType<?> primitive) || primitive.hasValue())
                .toList();
    }
}
