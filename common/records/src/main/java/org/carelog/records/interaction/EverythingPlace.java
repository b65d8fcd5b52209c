package org.carelog.records.interaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.search.PagePosition;

/**
 * Where in a walk through the services' parts a request is.
 *
 * @param root what everything is asked of
 * @param beginning the service where the walk began
 * @param wanted the operation's own parameters
 * @param after the last row of the page before, in this service's part
 */
record EverythingPlace(
        LocalReference root, String beginning, List<Map.Entry<String, String>> wanted, Optional<PagePosition> after) {

    static final String PAGE = "_page";
    static final String OF = "_of";
    static final String FROM = "_from";

    /** What a link says, except of a page token. */
    static EverythingPlace ofLink(List<Map.Entry<String, String>> parameters, Optional<PagePosition> after) {
        List<Map.Entry<String, String>> wanted = new ArrayList<>();
        String of = null;
        String from = "";
        for (Map.Entry<String, String> parameter : parameters) {
            switch (parameter.getKey()) {
                case OF -> of = parameter.getValue();
                case FROM -> from = parameter.getValue();
                default -> wanted.add(parameter);
            }
        }
        LocalReference root = LocalReference.of(of, "")
                .orElseThrow(() -> InvalidOperationParameter.refusal(
                        OF, "this is asked by following links; they begin at Patient/[id]/$everything"));
        return new EverythingPlace(root, from, wanted, after);
    }

    /** The parameters of a link to the same walk elsewhere. */
    List<Map.Entry<String, String>> link() {
        List<Map.Entry<String, String>> link = new ArrayList<>(wanted);
        link.add(Map.entry(OF, root.toString()));
        link.add(Map.entry(FROM, beginning));
        return link;
    }
}
