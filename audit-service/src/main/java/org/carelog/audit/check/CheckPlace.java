package org.carelog.audit.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;

/**
 * How far a check is; whoever asks for it carries it from part to part.
 *
 * @param leaf the next one to look at
 * @param events how many AuditEvents those before it have
 */
record CheckPlace(long leaf, long events) {
    static final CheckPlace BEGIN = new CheckPlace(0, 0);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})");

    static CheckPlace parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw InvalidOperationParameter.refusal("next", "it is not what the part before told");
        }
        return new CheckPlace(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    @Override
    public String toString() {
        return leaf + "." + events;
    }
}
