package org.carelog.validation;

import java.util.Set;

/**
 * What a definition is found by.
 *
 * @param type one of {@link #TYPES}
 * @param url its canonical URL, without a version: there is one version of each here
 */
record DefinitionName(String type, String url) {
    static final String STRUCTURE = "StructureDefinition";
    static final String VALUE_SET = "ValueSet";
    static final String CODE_SYSTEM = "CodeSystem";

    /** What validation looks for. */
    static final Set<String> TYPES = Set.of(STRUCTURE, VALUE_SET, CODE_SYSTEM);

    private static final String BASE = "http://hl7.org/fhir/StructureDefinition/";

    /** Of a reference to a definition, which may have a version; of a structure also its bare name. */
    static DefinitionName of(String type, String reference) {
        int version = reference.indexOf('|');
        String url = version < 0 ? reference : reference.substring(0, version);
        return new DefinitionName(type, type.equals(STRUCTURE) && url.indexOf(':') < 0 ? BASE + url : url);
    }
}
