package org.carelog.validation;

import java.util.Set;

/** The parts of a definition that tell people something and decide nothing: most of it. */
final class Surplus {
    private static final Set<String> OF_DEFINITION =
            Set.of("text", "contact", "description", "purpose", "copyright", "useContext", "jurisdiction", "keyword");
    private static final Set<String> OF_ELEMENT = Set.of(
            "definition",
            "comment",
            "requirements",
            "alias",
            "mapping",
            "short",
            "example",
            "isSummary",
            "mustSupport",
            "orderMeaning",
            "meaningWhenMissing");
    private static final Set<String> OF_CONCEPT = Set.of("definition", "designation");

    private Surplus() {}

    /** Whether a member of the definition itself is left out. */
    static boolean isTop(String type, String name, boolean hasSnapshot) {
        return OF_DEFINITION.contains(name)
                || type.equals(DefinitionName.STRUCTURE)
                        && (name.equals("mapping") || hasSnapshot && name.equals("differential"));
    }

    /** Whether a member of something in the definition is left out. */
    static boolean isInner(String type, String parent, String name) {
        return switch (type) {
            case DefinitionName.STRUCTURE -> parent.equals("element") && OF_ELEMENT.contains(name);
            case DefinitionName.CODE_SYSTEM -> parent.equals("concept") && OF_CONCEPT.contains(name);
            default -> false;
        };
    }
}
