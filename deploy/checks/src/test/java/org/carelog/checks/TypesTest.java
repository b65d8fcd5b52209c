package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carelog.access.Role;
import org.carelog.fhir.registry.TypeRegistry;
import org.junit.jupiter.api.Test;

/** The page of the types is what is declared. */
class TypesTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([A-Z][A-Za-z]+) \\| (.+?) \\| ([a-z]+) \\| (.+?) \\| (.+?) \\|$");
    private static final Pattern ROLE = Pattern.compile("(?m)^\\| ([a-z-]+) \\|(?: [^|]* \\|){4}$");
    private static final String NONE = "-";

    @Test
    void everyTypeIsOnThePageWithItsOwnerDomainAndCopies() {
        // Given
        Map<String, List<String>> declared = new TreeMap<>();
        TypeRegistry.ofClassPath()
                .all()
                .forEach(type -> declared.put(
                        type.name(),
                        List.of(
                                owner(type.owner().element(), type.owner().services()),
                                type.domain().name().toLowerCase(Locale.ROOT),
                                String.join(", ", type.compartmentBy()),
                                type.copiedTo().isEmpty() ? NONE : String.join(", ", type.copiedTo()))));

        // When
        Map<String, List<String>> told = ROW.matcher(
                        Page.of("docs/api/types.md").text())
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> List.of(row.group(2), row.group(3), row.group(4), row.group(5)),
                        (a, b) -> a,
                        TreeMap::new));
        told.remove("Type");

        // Then
        assertThat(told).isEqualTo(declared);
    }

    @Test
    void everyRoleIsOnThePageOfTheApi() {
        assertThat(ROLE.matcher(Page.of("docs/api/README.md").text()).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        List.of(Role.values()).stream().map(Role::claim).toList());
    }

    private static String owner(String element, List<String> services) {
        return (element == null ? "" : "by `" + element + "`: ") + String.join(", ", services);
    }
}
