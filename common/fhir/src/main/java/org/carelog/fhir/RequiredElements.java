package org.carelog.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.List;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;

/** The elements that R4 requires (a minimum cardinality of one) are there, at every depth. */
final class RequiredElements {
    private RequiredElements() {}

    static void check(Resource resource, List<Fault> faults) {
        check(resource, FhirJson.context().getResourceDefinition(resource), resource.fhirType(), faults);
    }

    private static void check(
            IBase element, BaseRuntimeElementDefinition<?> definition, String path, List<Fault> faults) {
        if (!(definition instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
            return;
        }
        for (BaseRuntimeChildDefinition child : composite.getChildren()) {
            List<IBase> values = child.getAccessor().getValues(element);
            String name = child.getElementName();
            if (child.getMin() > 0 && values.stream().allMatch(IBase::isEmpty)) {
                faults.add(new Fault(IssueType.REQUIRED, path + "." + name, "This element is required"));
            }
            boolean repeats = child.getMax() != 1;
            for (int i = 0; i < values.size(); i++) {
                IBase value = values.get(i);
                BaseRuntimeElementDefinition<?> childDefinition =
                        child.getChildElementDefinitionByDatatype(value.getClass());
                check(value, childDefinition, path + "." + name + (repeats ? "[%d]".formatted(i) : ""), faults);
            }
        }
    }
}
