package org.carelog.fhir.patch;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeCompositeDatatypeDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;

/**
 * Makes engines for FHIRPath. They know the names of R4's types and load no definitions of them: those would cost a
 * service a large part of its memory, and selecting elements needs none.
 */
final class FhirPaths {
    private FhirPaths() {}

    /** An engine for one patch: it is not thread-safe. */
    static FHIRPathEngine engine() {
        return new FHIRPathEngine(OnFirstUse.WORKER);
    }

    private static final class OnFirstUse {
        private static final HapiWorkerContext WORKER =
                new HapiWorkerContext(FhirJson.context(), new TypeNames(names(FhirJson.context())));

        private static Map<String, StructureDefinition> names(FhirContext context) {
            Stream<StructureDefinition> datatypes = context.getElementDefinitions().stream()
                    .filter(type -> type instanceof RuntimePrimitiveDatatypeDefinition
                            || type instanceof RuntimeCompositeDatatypeDefinition)
                    .map(BaseRuntimeElementDefinition::getName)
                    .map(name -> name(
                            name,
                            Character.isLowerCase(name.charAt(0))
                                    ? StructureDefinitionKind.PRIMITIVETYPE
                                    : StructureDefinitionKind.COMPLEXTYPE));
            Stream<StructureDefinition> resources =
                    context.getResourceTypes().stream().map(name -> name(name, StructureDefinitionKind.RESOURCE));
            return Stream.concat(datatypes, resources)
                    .collect(Collectors.toUnmodifiableMap(StructureDefinition::getUrl, type -> type, (a, b) -> a));
        }

        private static StructureDefinition name(String name, StructureDefinitionKind kind) {
            StructureDefinition definition = new StructureDefinition();
            definition
                    .setUrl("http://hl7.org/fhir/StructureDefinition/" + name)
                    .setName(name)
                    .setKind(kind)
                    .setType(name)
                    .setDerivation(TypeDerivationRule.SPECIALIZATION);
            return definition;
        }
    }

    private record TypeNames(Map<String, StructureDefinition> byUrl) implements IValidationSupport {
        @Override
        public FhirContext getFhirContext() {
            return FhirJson.context();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
            return (List<T>) List.copyOf(byUrl.values());
        }

        @Override
        public List<IBaseResource> fetchAllConformanceResources() {
            return List.copyOf(byUrl.values());
        }

        @Override
        public IBaseResource fetchStructureDefinition(String url) {
            return byUrl.get(url);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends IBaseResource> T fetchResource(Class<T> type, String url) {
            return type.equals(StructureDefinition.class) ? (T) byUrl.get(url) : null;
        }
    }
}
