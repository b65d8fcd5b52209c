package org.carelog.audit.export;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;

/**
 * How far an export is; whoever asks for it carries it from part to part.
 *
 * @param size of the tree that it is of
 * @param leaf the next one to look at
 * @param rows how many have been shown
 */
record ExportPlace(long size, long leaf, long rows) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})\\.([0-9]{1,18})");

    static ExportPlace parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw InvalidOperationParameter.refusal("next", "it is not what the part before told");
        }
        return new ExportPlace(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    @Override
    public String toString() {
        return size + "." + leaf + "." + rows;
    }
}
