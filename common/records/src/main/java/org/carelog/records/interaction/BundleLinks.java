package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.JsonLink;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.search.QueryString;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Points the links of a transaction's resources to where they lead: what an entry's {@code fullUrl} names to the id that
 * the entry gets, a conditional reference to the one resource that matches.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#trules">FHIR R4, transaction processing rules</a>
 */
@ApplicationScoped
class BundleLinks {
    private static final Pattern CONDITIONAL = Pattern.compile("([A-Z][A-Za-z]{1,63})\\?(.+)");
    private static final Pattern NAME_IN_TEXT = Pattern.compile("urn:(?:uuid|oid):[0-9A-Fa-f.\\-]+");
    /** The address of a link or an image in a narrative, without its quotation marks. */
    private static final Pattern ADDRESS_IN_TEXT = Pattern.compile("(?<=\\b(?:href|src)\\s{0,9}=\\s{0,9}[\"'])[^\"']+");

    /** An absolute name of the RESTful form also goes by its end, seen from its neighbours. */
    private static final Pattern RESTFUL = Pattern.compile("https?://.*/([A-Z][A-Za-z]+/[A-Za-z0-9\\-.]{1,64})");

    private final HostedTypes types;
    private final ConditionalMatch condition;

    BundleLinks(HostedTypes types, ConditionalMatch condition) {
        this.types = types;
        this.condition = condition;
    }

    /** @param names by {@code fullUrl} */
    void point(List<JsonLink> links, Map<String, LocalReference> names) {
        Map<String, LocalReference> known = new HashMap<>(names);
        names.keySet().stream()
                .map(RESTFUL::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.groupingBy(restful -> restful.group(1)))
                // of two that end alike nobody knows which one is meant
                .forEach((end, named) -> {
                    if (named.size() == 1) {
                        known.putIfAbsent(end, names.get(named.getFirst().group()));
                    }
                });
        List<Fault> faults = new ArrayList<>();
        for (JsonLink link : links) {
            if (link.isReference()) {
                reference(link, known, faults);
            } else if (link.isNarrative()) {
                link.set(text -> pointed(ADDRESS_IN_TEXT, pointed(NAME_IN_TEXT, text, known), known));
            } else if (known.containsKey(link.text())) {
                link.set(text -> known.get(text).toString());
            }
        }
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.BrokenRule(faults));
        }
    }

    private static String pointed(Pattern names, String text, Map<String, LocalReference> known) {
        return names.matcher(text)
                .replaceAll(name -> known.containsKey(name.group())
                        ? known.get(name.group()).toString()
                        : Matcher.quoteReplacement(name.group()));
    }

    private void reference(JsonLink link, Map<String, LocalReference> known, List<Fault> faults) {
        LocalReference target = known.get(link.text());
        Matcher conditional = CONDITIONAL.matcher(link.text());
        if (target == null && conditional.matches()) {
            target = matched(link, conditional, faults);
            if (target != null) {
                known.put(link.text(), target);
            }
        }
        if (target != null) {
            String reference = target.toString();
            link.set(_ -> reference);
        } else if (link.text().startsWith("urn:")) {
            faults.add(new Fault(IssueType.NOTFOUND, link.place(), "No entry of the Bundle has this fullUrl"));
        }
    }

    private LocalReference matched(JsonLink link, Matcher conditional, List<Fault> faults) {
        HostedType type = types.find(conditional.group(1)).orElse(null);
        if (type == null) {
            faults.add(new Fault(
                    IssueType.NOTSUPPORTED, link.place(), "The condition is about a type that is not hosted here"));
            return null;
        }
        try {
            return condition
                    .find(condition.parse(type, QueryString.parse(conditional.group(2))))
                    .map(found -> new LocalReference(found.type(), found.id()))
                    .orElseGet(() -> {
                        faults.add(new Fault(IssueType.NOTFOUND, link.place(), "The condition matches nothing"));
                        return null;
                    });
        } catch (FhirProblemException e) {
            faults.add(new Fault(
                    e.problem() instanceof FhirProblem.SeveralMatches ? IssueType.MULTIPLEMATCHES : IssueType.INVALID,
                    link.place(),
                    "The condition does not choose one resource"));
            return null;
        }
    }
}
