package org.carelog.testing.metadata;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.StringType;

/** Tries every search parameter of one type, those that R4 has and the statement has not, and what can be included. */
record SearchWalk(CapabilityStatementRestResourceComponent type, Asker asker, Untruths untruths) {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    /** R4 has these for every type, beside those that a type is defined with. */
    private static final List<String> OF_EVERY_TYPE = List.of(
            "_id",
            "_lastUpdated",
            "_tag",
            "_security",
            "_profile",
            "_text",
            "_content",
            "_list",
            "_filter",
            "_query",
            "_has:Observation:patient:code");

    /** So many of the includes that are not listed: there are thousands. */
    private static final int SOME = 8;

    void parameters() {
        Map<String, SearchParamType> listed = type.getSearchParam().stream()
                .collect(Collectors.toMap(
                        CapabilityStatementRestResourceSearchParamComponent::getName,
                        CapabilityStatementRestResourceSearchParamComponent::getType));
        Set<String> tried = new TreeSet<>(listed.keySet());
        tried.addAll(OF_EVERY_TYPE);
        defined(type.getType()).map(RuntimeSearchParam::getName).forEach(tried::add);
        tried.add("shoesize");
        for (String name : tried) {
            Response answer = searched(name, value(listed.get(name)));
            untruths.check(listed.containsKey(name), "search of %s by %s".formatted(type.getType(), name), answer, 200);
            if (listed.containsKey(name) && answer.statusCode() == 200) {
                String self = answer.path("link.find { it.relation == 'self' }.url");
                untruths.mustSay(self, name + "=");
            }
        }
    }

    void includes(List<String> types) {
        Set<String> listed = plain(type.getSearchInclude());
        Set<String> tried = new TreeSet<>(listed);
        references(type.getType()).forEach(tried::add);
        tried.add("*");
        for (String include : tried) {
            untruths.check(
                    listed.contains(include),
                    "_include of %s with %s".formatted(include, type.getType()),
                    searched("_include", include),
                    200);
        }
        Set<String> reversed = plain(type.getSearchRevInclude());
        tried = new TreeSet<>(reversed);
        types.stream()
                .flatMap(SearchWalk::references)
                .filter(include -> !reversed.contains(include))
                .limit(SOME)
                .forEach(tried::add);
        for (String include : tried) {
            untruths.check(
                    reversed.contains(include),
                    "_revinclude of %s with %s".formatted(include, type.getType()),
                    searched("_revinclude", include),
                    200);
        }
    }

    private Response searched(String name, String value) {
        return asker.ask(Method.GET, type.getType() + "?_count=1&" + name + "=" + value);
    }

    private static Stream<RuntimeSearchParam> defined(String type) {
        return FHIR.getResourceDefinition(type).getSearchParams().stream();
    }

    private static Stream<String> references(String type) {
        return defined(type)
                .filter(parameter -> parameter.getParamType() == RestSearchParameterTypeEnum.REFERENCE)
                .map(parameter -> type + ":" + parameter.getName());
    }

    private static Set<String> plain(List<StringType> names) {
        return names.stream().map(PrimitiveType::getValue).collect(Collectors.toSet());
    }

    private static String value(SearchParamType type) {
        return switch (type) {
            case DATE -> "ge2026";
            case NUMBER, QUANTITY -> "1";
            case URI -> "urn:x";
            case null, default -> "x";
        };
    }
}
