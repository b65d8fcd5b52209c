package org.carelog.testing.metadata;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import io.restassured.http.Method;
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
            "_has:Observation:encounter:shoesize");

    /** So many of the includes that are not listed: there are thousands. */
    private static final int SOME = 2;

    /** A search has up to 50 parameters. */
    private static final int AT_ONCE = 40;

    void parameters() {
        Map<String, SearchParamType> listed = type.getSearchParam().stream()
                .collect(Collectors.toMap(
                        CapabilityStatementRestResourceSearchParamComponent::getName,
                        CapabilityStatementRestResourceSearchParamComponent::getType));
        Set<String> tried = new TreeSet<>(listed.keySet());
        tried.addAll(OF_EVERY_TYPE);
        defined(type.getType()).map(RuntimeSearchParam::getName).forEach(tried::add);
        tried.add("shoesize");
        tried.removeAll(listed.keySet());
        for (String name : tried) {
            untruths.check(false, "search of %s by %s".formatted(type.getType(), name), searched(name + "=x"));
        }
        // all at once: each is understood, or the search is refused
        String all = listed.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + value(parameter.getKey(), parameter.getValue()))
                .collect(Collectors.joining("&"));
        Answer answer = searched(all);
        untruths.check(true, "search of %s by %s".formatted(type.getType(), all), answer, 200);
        if (answer.status() == 200) {
            String self = answer.self();
            listed.keySet().forEach(name -> untruths.mustSay(self, name + "="));
        }
    }

    void includes(List<String> types) {
        Set<String> listed = plain(type.getSearchInclude());
        include("_include", listed, Stream.concat(references(type.getType()), Stream.of("*")));
        Set<String> reversed = plain(type.getSearchRevInclude());
        include(
                "_revinclude",
                reversed,
                types.stream()
                        .flatMap(SearchWalk::references)
                        .filter(include -> !reversed.contains(include))
                        .limit(SOME));
    }

    private void include(String parameter, Set<String> listed, Stream<String> others) {
        List<String> all = List.copyOf(listed);
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            String some = all.subList(i, Math.min(i + AT_ONCE, all.size())).stream()
                    .map(include -> parameter + "=" + include)
                    .collect(Collectors.joining("&"));
            untruths.check(true, "%s of %s".formatted(some, type.getType()), searched(some), 200);
        }
        others.filter(include -> !listed.contains(include))
                .forEach(include -> untruths.check(
                        false,
                        "%s of %s with %s".formatted(parameter, include, type.getType()),
                        searched(parameter + "=" + include)));
    }

    private Answer searched(String parameters) {
        return asker.ask(Method.GET, type.getType() + "?_count=1&" + parameters);
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

    private static String value(String name, SearchParamType type) {
        if (name.equals("near")) {
            return "1%7C1";
        }
        return switch (type) {
            case DATE -> "ge2026";
            case NUMBER, QUANTITY -> "1";
            case URI -> "urn:x";
            // the second is a number, a date, a code and a text
            case COMPOSITE -> "x$2026";
            case null, default -> "x";
        };
    }
}
