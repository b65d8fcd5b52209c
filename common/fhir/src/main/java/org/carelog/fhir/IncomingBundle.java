package org.carelog.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * A batch or transaction as a client sent it, each entry the request it stands for.
 *
 * @param links whatever in the resources may name another one
 * @see <a href="https://hl7.org/fhir/R4/http.html#transaction">FHIR R4, batch and transaction</a>
 */
public record IncomingBundle(Interaction interaction, List<Entry> entries, List<JsonLink> links) {
    private static final Pattern IN_RESOURCE = Pattern.compile("Bundle\\.entry\\[\\d+]\\.resource\\b.*");
    /** Relative to the base: no scheme, no host, no way up; something has to be named. */
    private static final Pattern RELATIVE =
            Pattern.compile("(?![^?]*/\\.\\.(/|\\?|$))/?[A-Za-z$_][A-Za-z0-9$_\\-./*]*(\\?.*)?");

    /** As many characters as a request line has at most: the journal keeps what was asked for, and a query in it. */
    private static final int LONGEST_URL = 131_072;

    /** The elements of {@code Bundle.entry.request} and the headers they stand for. */
    private static final Map<String, String> HEADERS = Map.of(
            "ifNoneMatch", "if-none-match",
            "ifModifiedSince", "if-modified-since",
            "ifMatch", "if-match",
            "ifNoneExist", "if-none-exist");

    public IncomingBundle {
        entries = List.copyOf(entries);
        links = List.copyOf(links);
    }

    /**
     * An entry, as the request it stands for.
     *
     * @param fullUrl what other entries call the resource; null: nothing
     * @param url relative to the base, without a slash at its start
     * @param headers by their names in lower case
     */
    public record Entry(
            int index, String fullUrl, String method, String url, Map<String, String> headers, Optional<Body> body) {
        /** Where the entry stands in its Bundle, as a FHIRPath. */
        public String place() {
            return "Bundle.entry[%d]".formatted(index);
        }
    }

    /** The resource of an entry: JSON of the right shape in a transaction, and not judged yet in a batch. */
    public static final class Body {
        private final ObjectNode json;

        private Body(ObjectNode json) {
            this.json = json;
        }

        public byte[] bytes() {
            return JsonSyntax.write(json);
        }

        public String resourceType() {
            return json.path("resourceType").asText("");
        }

        /** The resource's id; null: it has none. */
        public String id() {
            return json.path("id").asText(null);
        }

        /** The resource of a transaction's entry. */
        public Resource resource() {
            return new Resource(json);
        }
    }

    /**
     * @throws FhirProblemException {@link FhirProblem.MalformedJson}, {@link FhirProblem.WrongResourceType} or
     *     {@link FhirProblem.InvalidContent}; of a batch only what is outside its resources is judged: they are each for
     *     themselves
     */
    public static IncomingBundle parse(byte[] json) {
        ObjectNode root = JsonSyntax.readBundle(json);
        if (!root.path("resourceType").asText("").equals("Bundle")) {
            throw new FhirProblemException(new FhirProblem.WrongResourceType("Bundle"));
        }
        Interaction interaction = interaction(root.path("type").asText(""));
        JsonShape shape = JsonShape.of(root, "Bundle");
        List<Fault> faults = new ArrayList<>(shape.faults());
        if (interaction == Interaction.BATCH) {
            faults.removeIf(fault -> IN_RESOURCE.matcher(fault.expression()).matches());
        }
        List<Entry> entries = new ArrayList<>();
        if (faults.isEmpty()) {
            for (JsonNode entry : root.path("entry")) {
                entries.add(entry(entries.size(), entry, faults));
            }
        }
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.InvalidContent(faults));
        }
        List<JsonLink> links = shape.links().stream()
                .filter(link -> IN_RESOURCE.matcher(link.place()).matches())
                .toList();
        return new IncomingBundle(interaction, entries, links);
    }

    private static Interaction interaction(String type) {
        return switch (type) {
            case "batch" -> Interaction.BATCH;
            case "transaction" -> Interaction.TRANSACTION;
            default -> throw invalid("Bundle.type", "A batch or a transaction belongs here");
        };
    }

    private static Entry entry(int index, JsonNode entry, List<Fault> faults) {
        String place = "Bundle.entry[%d]".formatted(index);
        JsonNode request = entry.path("request");
        if (request.isMissingNode()) {
            faults.add(new Fault(IssueType.REQUIRED, place + ".request", "This element is required"));
        } else if (!RELATIVE.matcher(request.path("url").asText("")).matches()) {
            faults.add(new Fault(IssueType.VALUE, place + ".request.url", "A URL relative to the base belongs here"));
        } else if (request.path("url").asText("").length() > LONGEST_URL) {
            faults.add(new Fault(
                    IssueType.TOOLONG, place + ".request.url", "At most %d characters".formatted(LONGEST_URL)));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        HEADERS.forEach((element, header) -> {
            if (request.has(element)) {
                headers.put(header, header(element, request.path(element).asText()));
            }
        });
        Optional<Body> body = entry.get("resource") instanceof ObjectNode resource
                ? Optional.of(new Body(resource))
                : Optional.empty();
        return new Entry(
                index,
                entry.has("fullUrl") ? entry.path("fullUrl").asText() : null,
                request.path("method").asText(""),
                request.path("url").asText("").replaceFirst("^/", ""),
                headers,
                body);
    }

    /** An element is an instant where the header is a date of HTTP. */
    private static String header(String element, String value) {
        if (!element.equals("ifModifiedSince")) {
            return value;
        }
        try {
            return HttpDate.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeParseException e) {
            return value;
        }
    }

    private static FhirProblemException invalid(String place, String diagnostics) {
        return new FhirProblemException(
                new FhirProblem.InvalidContent(List.of(new Fault(IssueType.VALUE, place, diagnostics))));
    }
}
