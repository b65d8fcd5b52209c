package org.carelog.fhir.search;

import java.util.List;
import org.carelog.fhir.ResourceId;

/** {@code _id}: logical ids, in their own case. */
final class IdSemantics implements Semantics {
    @Override
    public List<String> modifiers(SearchParameter parameter) {
        return List.of("not");
    }

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        for (String id : alternatives) {
            if (!ResourceId.isValid(id)) {
                throw new IllegalArgumentException("a logical id is 1 to 64 letters, digits, - and .");
            }
        }
        return new Filter.Ids(alternatives, modifier.equals("not"));
    }

    @Override
    public Filter missing(SearchParameter parameter, boolean missing) {
        return everyResourceHasOne(missing);
    }

    static Filter everyResourceHasOne(boolean missing) {
        return new Filter.Ids(List.of(), !missing);
    }

    @Override
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        throw new IllegalStateException("the head of a resource has its id");
    }
}
