package org.carelog.audit.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;

/**
 * What is asked of {@code $ledger-export}.
 *
 * @param complete whether what does not match is there too, as leaves
 * @param place empty: the beginning
 */
record ExportRequest(boolean complete, ExportFilter filter, Optional<ExportPlace> place) {

    static ExportRequest of(List<Map.Entry<String, String>> given) {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, String> parameter : given) {
            switch (parameter.getKey()) {
                case "patient", "user", "since", "excerpt", "next" ->
                    values.put(parameter.getKey(), parameter.getValue());
                default ->
                    throw InvalidOperationParameter.refusal(parameter.getKey(), "is no parameter of this operation");
            }
        }
        return new ExportRequest(
                !Boolean.parseBoolean(values.get("excerpt")),
                new ExportFilter(
                        Optional.ofNullable(values.get("patient")),
                        Optional.ofNullable(values.get("user")),
                        Optional.ofNullable(values.get("since")).map(ExportRequest::instant)),
                Optional.ofNullable(values.get("next")).map(ExportPlace::parse));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw InvalidOperationParameter.refusal("since", "an instant in UTC is expected");
        }
    }
}
