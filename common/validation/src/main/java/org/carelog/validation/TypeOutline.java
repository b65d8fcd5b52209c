package org.carelog.validation;

import java.util.Map;
import java.util.function.Supplier;
import org.hl7.fhir.r5.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r5.model.StructureDefinition;

/**
 * What the validator wants to know of all types before it begins; the elements, which take the memory, come from the
 * definition when they are asked for.
 */
final class TypeOutline extends StructureDefinition {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<StructureDefinition> definition;

    TypeOutline(Map<String, String> members, Supplier<StructureDefinition> definition) {
        this.definition = definition;
        setUrl(members.get("url"));
        setName(members.get("name"));
        setType(members.get("type"));
        setKind(StructureDefinitionKind.fromCode(members.get("kind")));
        setAbstract(Boolean.parseBoolean(members.get("abstract")));
        setBaseDefinition(members.get("baseDefinition"));
        setStatus(PublicationStatus.ACTIVE);
        if (members.containsKey("derivation")) {
            setDerivation(TypeDerivationRule.fromCode(members.get("derivation")));
        }
    }

    @Override
    public boolean hasSnapshot() {
        return true;
    }

    @Override
    public StructureDefinitionSnapshotComponent getSnapshot() {
        return definition.get().getSnapshot();
    }
}
